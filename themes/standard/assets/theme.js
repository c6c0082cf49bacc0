try{Object.assign(document.documentElement.dataset,JSON.parse(localStorage["reader:s"]))}catch{}
if(location.protocol=="file:")addEventListener("error",({target:t})=>{
if(!t.integrity)return;
const e=document.createElement(t.localName),put=()=>t.replaceWith(e);
for(const a of t.attributes)if(a.name!="integrity")e.setAttribute(a.name,a.value);
t.src&&document.readyState=="loading"?addEventListener("DOMContentLoaded",put):put();
},true);
