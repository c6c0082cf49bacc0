//! The words, sentences and code that lessons are made of.
//!
//! `@t` stands for a topic, `@p` for a person, `@v` for a verb, `@n` for a number, `@w` for an identifier:
//! see [`super::lesson`], which fills them in. Emphasis never touches punctuation, because only some of the
//! generators that are compared read `**「…」**` the Japanese way.

pub(super) const TOPICS: &[&str] = &[
    "信頼", "沈黙", "質問", "見積書", "紹介", "価格", "予算", "決裁", "雑談", "約束", "返信", "準備",
    "断り文句", "期待", "不安", "課題", "導入事例", "提案書", "議事録", "電話", "名刺", "訪問", "商談",
    "時間", "記録", "競合", "納期", "契約", "値引き", "お礼", "謝罪", "数字", "目標", "日報", "朝の一時間",
    "聞き方", "第一声", "締めの一言", "仮説", "優先順位", "手帳", "引き継ぎ", "段取り", "言葉づかい",
];

pub(super) const PEOPLE: &[&str] = &[
    "お客様", "担当者", "決裁者", "上司", "同僚", "後輩", "現場の方", "経理の方", "購買の方", "社長",
    "受付の方", "技術の方",
];

pub(super) const VERBS: &[&str] = &[
    "伝える", "確かめる", "書き出す", "聞き返す", "待つ", "手放す", "見直す", "整える", "比べる", "任せる",
    "数える", "断る", "引き受ける", "言い換える", "続ける", "思い出す", "くり返す", "組み立てる",
];

pub(super) const IDENTIFIERS: &[&str] = &[
    "visits", "quota", "orders", "callbacks", "drafts", "minutes", "deals", "replies", "notes", "referrals",
    "quotes", "meetings", "promises", "targets", "leads", "margins",
];

pub(super) const TITLES: &[&str] = &[
    "@pに@tを@v前に整えておきたいこと",
    "@tが続く人は@tの@nつの順番を知っている",
    "なぜ@pは@tよりも@tを大切にするのか",
    "売れる営業は@tを@vことから始めている",
    "@tを急がない営業が@tで選ばれる理由",
    "@pの@tを@vときに言ってはいけない一言",
    "たった@n分の@tが@tを変えていく",
    "@tに困ったら@pの@tを@v",
    "できる営業ほど@tを@vのに時間をかける",
    "@tの悩みは@tの前に終わらせておく",
];

pub(super) const HEADINGS: &[&str] = &[
    "@tより先に@tを@v",
    "@pは@tのどこを見ているか",
    "@tを@vときの@nつの手順",
    "よくある@tの誤解",
    "@tがうまくいかない日の考え方",
    "明日の@tで試すこと",
    "@pとの@tをふり返る",
    "@tを習慣にする",
    "@tと@tのちがい",
];

pub(super) const SENTENCES: &[&str] = &[
    "@pが本当に知りたいのは、@tではなく、その先にある@tです。",
    "@tを@v前に、まず@tを紙に書き出してみましょう。",
    "私も最初の@nか月は、@tのことばかり考えていました。",
    "大切なのは**@t**を@vことで、うまく話すことではありません。",
    "ところが、@pの立場から見ると、@tはまったく別の意味を持っています。",
    "@tにかけた時間は、@nか月あとの@tになって返ってきます。",
    "売れない人ほど@tを急ぎ、売れる人ほど@tを@vことに時間を使います。",
    "これは特別な才能ではなく、毎日の@tの積み重ねです。",
    "たとえば、@pから「@tはどうなっていますか」と聞かれたとします。",
    "そのとき、@tの話を続けるのか、それとも@tを@vのかで、次の一手が変わります。",
    "一度の@tで決めようとせず、@n回に分けて@vくらいでちょうどよいのです。",
    "@pの表情が変わった瞬間に、@tを@v勇気があるかどうかが分かれ目です。",
    "私が担当した会社では、@tを見直しただけで、@tが@n割ほど増えました。",
    "もちろん、@tを忘れてよいという意味ではありません。",
    "むしろ、期の初めに@tを十分に考え、日々の仕事では@tに集中します。",
    "@tとは、相手の時間を大切にするという約束でもあります。",
    "うまくいかない日は、@tを@vところまで戻ってみてください。",
    "相手の言葉をそのまま@vだけで、@tの空気はやわらぎます。",
    "しかし、@tばかりを気にしていると、@pの小さな合図を見落としてしまいます。",
    "@pが求めているのは、完璧な@tではなく、早くて正直な@tです。",
    "そこで役に立つのが、**@t**と@tを分けて考える方法です。",
    "ある先輩は、@tのあとに必ず@n分だけ@tの時間を取っていました。",
    "一つの@tを@vたびに、次の@tが少しだけ楽になります。",
    "数字は結果であり、@tは今日から変えられる行動です。",
    "だからこそ、@tを@vことを先に予定に入れておきます。",
    "@pとの@tで迷ったら、相手の得になるほうを選びましょう。",
    "断られた理由の多くは、@tではなく@tの不足にあります。",
    "この順番を逆にすると、@tはいつまでも苦しいままです。",
];

pub(super) const ITEMS: &[&str] = &[
    "@tを@v前に、@pの都合を一つ聞く",
    "@tは@n分以内に終わらせる",
    "その日のうちに@tを@v",
    "@pの言葉で@tを書き直す",
    "迷ったら@tよりも**@t**を選ぶ",
    "@tの記録を@n日続ける",
    "次の@tの日付をその場で決める",
];

pub(super) const SUMMARY: &[&str] = &[
    "できる営業は、@tを@v前に@tを整えている。",
    "@tで迷ったら、@pの得になるほうを選ぶ。",
    "毎日@n分、@tを@v時間を先に取っておく。",
    "@tは結果であり、@tは今日から変えられる行動である。",
    "@pの言葉をそのまま@vことが、@tへの近道になる。",
];

/// What the weak salesperson says, and what the customer answers and thinks.
pub(super) const DIALOGUE: &[(&str, &str, &str)] = &[
    (
        "今月は@tがあと@n件足りなくて、本当に困っているんです。",
        "そうですか……。",
        "それはそちらの都合でしょう。この間お願いした@tは、どうなったのかな",
    ),
    (
        "@tのことなら、うちの商品が一番です。とにかく@tだけでも見てください。",
        "資料はそこに置いておいてください。",
        "こちらの@tの話を、まだ一度も聞いていないのに",
    ),
    (
        "ほかの会社さんも、みなさん@tを@vことに決めていますよ。",
        "社内で相談してみます。",
        "うちの@tとは事情がちがう。もう@n回も同じ話だ",
    ),
];

pub(super) const CATEGORIES: &[(&str, &str)] =
    &[("営業の本質", "essence"), ("営業マインド", "mindset"), ("営業戦術", "tactics")];

/// Sixty tags, the number that a lively series reaches.
pub(super) const TAGS: &[&str] = &[
    "信頼", "傾聴", "質問力", "提案", "見積もり", "価格交渉", "紹介", "初回訪問", "電話", "メール",
    "日報", "目標設定", "ノルマ", "時間管理", "朝の習慣", "ふり返り", "準備", "仮説", "課題発見", "決裁者",
    "競合", "値引き", "クロージング", "沈黙", "雑談", "第一印象", "身だしなみ", "名刺", "約束", "納期",
    "契約", "アフターフォロー", "クレーム", "謝罪", "お礼", "チーム", "上司", "後輩", "引き継ぎ", "会議",
    "議事録", "資料作り", "事例", "数字", "分析", "優先順位", "集中", "休息", "不安", "失敗",
    "自信", "言葉づかい", "声", "表情", "オンライン商談", "展示会", "新規開拓", "既存顧客", "長期関係", "学び直し",
];

/// Language and text of a code block. Filled-in names and numbers make most blocks distinct.
pub(super) const CODE: &[(&str, &str)] = &[
    (
        "rust",
        "/// @tを@n日分まとめる\nfn sum_@w(days: &[u32]) -> Option<u32> {\n    let limit = @n_000;\n    let total: u32 = days.iter().filter(|&&d| d < limit).sum();\n    if total == 0 { return None; }\n    println!(\"@w: {total}\");\n    Some(total + @n)\n}\n",
    ),
    (
        "rust",
        "#[derive(Debug, Clone)]\nstruct @w {\n    name: String,\n    count: u64,\n}\n\nimpl @w {\n    fn next(&self) -> Self {\n        Self { name: format!(\"@t-{}\", self.name), count: self.count + @n }\n    }\n}\n",
    ),
    (
        "python",
        "from datetime import date, timedelta\n\ndef @w(start: date, rows: list[dict]) -> int:\n    \"\"\"@tの件数を返す\"\"\"\n    end = start + timedelta(days=@n)\n    return sum(1 for r in rows if start <= r[\"date\"] < end and r[\"@w\"] > @n)\n\nprint(@w(date(2024, 4, @n), []))\n",
    ),
    (
        "python",
        "import csv\n\nwith open(\"@w.csv\", encoding=\"utf-8\") as f:\n    for i, row in enumerate(csv.DictReader(f)):\n        # @tが@n件を超えたら知らせる\n        if int(row[\"@w\"]) >= @n:\n            print(f\"{i}: {row['name']}さん\")\n",
    ),
    (
        "toml",
        "# @tの設定\n[@w]\nname = \"@t\"\nlimit = @n\nenabled = true\ndays = [\"月\", \"水\", \"金\"]\n\n[@w.target]\nper_day = @n\nratio = 0.@n\n",
    ),
    (
        "sh",
        "#!/bin/sh\nset -eu\n# @tの記録を数える\nfor f in notes/*-@w.txt; do\n  n=$(grep -c '@t' \"$f\" || true)\n  [ \"$n\" -gt @n ] && echo \"$f: ${n}件\"\ndone\n",
    ),
    (
        "json",
        "{\n  \"title\": \"@tの@v\",\n  \"@w\": @n,\n  \"done\": false,\n  \"steps\": [\"@t\", \"@t\", \"@t\"],\n  \"target\": { \"@w\": @n.5, \"owner\": null }\n}\n",
    ),
];
