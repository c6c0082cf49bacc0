try{Object.assign(document.documentElement.dataset,JSON.parse(localStorage["reader:s"]))}catch{}
