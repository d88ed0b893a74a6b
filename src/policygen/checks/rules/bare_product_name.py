"""The name of a platform or a product in the text of a policy or form.

Why: services change their names, close, and are replaced by others. A rule about “WhatsApp”
says nothing about the next app, and all documents must be approved again to say it.

Bad:
    text: |
      You must not message pupils on WhatsApp.

Good:
    text: |
      You must not message pupils on a messaging app.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygen.checks.mending import warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygen.checks.subject import Subject
    from policygen.diagnostics import Diagnostic
    from policygen.model.library import Library

_KINDS: Mapping[str, tuple[str, ...]] = {
    "a social network": (
        *("Facebook", "Face book", "Twitter", "Instagram", "LinkedIn", "Linkedin"),
        *("Linked In", "Bluesky", "BlueSky", "Mastodon", "Reddit", "Pinterest", "Tumblr"),
        *("BeReal", "MySpace", "Myspace", "Bebo", "Google+", "Mumsnet", "Nextdoor", "Friendster"),
        *("Truth Social", "VKontakte", "Weibo", "Grindr", "OnlyFans"),
    ),
    "a video site": (
        *("YouTube", "Youtube", "You Tube", "TikTok", "Tiktok", "Tik Tok", "Vimeo"),
        *("Dailymotion", "Netflix", "Omegle"),
    ),
    "a site for pictures": ("Flickr", "Snapfish", "Photobucket", "Imgur"),
    "a messaging app": (
        *("WhatsApp", "Whatsapp", "WhatsAPP", "What's App", "Whats App", "Snapchat", "SnapChat"),
        *("Snap Chat", "Facebook Messenger", "iMessage", "WeChat", "Viber", "Skype"),
        *("FaceTime", "Facetime", "Kik", "Houseparty", "Yubo"),
    ),
    "the meeting tool": (
        *("Microsoft Teams", "MS Teams", "Google Meet", "Google Hangouts", "Zoom calls"),
        *("Zoom meetings", "Webex"),
    ),
    "the learning platform": (
        *("Google Classroom", "Show My Homework", "Satchel One", "Edmodo", "Schoology", "Moodle"),
        *("ClassDojo", "Class Dojo", "ClassCharts", "Class Charts", "Kahoot"),
        *("Quizlet", "Purple Mash", "Times Tables Rock Stars", "Bedrock Learning", "Sparx Maths"),
        *("Blackboard Learn", "Canvas LMS", "Frog VLE", "MyMaths", "Mathletics"),
    ),
    "the parent app": (
        *("ParentMail", "Parentmail", "ParentPay", "Parentpay", "MyChildAtSchool", "SchoolComms"),
        *("Schoolcomms", "Weduc", "ReachMoreParents", "Studybugs", "ClassList", "Marvellous Me"),
        *("MCAS", "SchoolPing", "Teachers2Parents", "School Gateway"),
    ),
    "the record of concerns": ("CPOMS", "C-POMS", "MyConcern", "My Concern", "Safeguard My School"),
    "the information system": ("SIMS", "Bromcom", "ScholarPack", "iSAMS", "Arbor"),
    "the filtering system": (
        *("Smoothwall", "Securly", "Senso", "Impero", "Netsweeper", "RM SafetyNet"),
        *("Sophos", "GoGuardian", "LGfL WebScreen"),
    ),
    "the work storage": (
        *("OneDrive", "One Drive", "SharePoint", "Sharepoint", "Google Drive", "Google Docs"),
        *("Google Workspace", "G Suite", "GSuite", "Dropbox", "DropBox", "iCloud", "WeTransfer"),
        *("Microsoft 365", "Office 365", "Microsoft Office", "Google Forms", "Microsoft Forms"),
    ),
    "work e-mail": (
        "Gmail",
        "GMail",
        "Hotmail",
        "Outlook.com",
        "Yahoo",
        "Microsoft Outlook",
    ),
    "an AI tool": (
        *("ChatGPT", "Chat GPT", "GPT-4", "OpenAI", "Microsoft Copilot", "Google Gemini", "DALL-E"),
        *("Midjourney", "Character.AI", "Character.ai", "Grammarly", "TeachMateAI", "DeepSeek"),
        *("Replika", "My AI"),
    ),
    "a game": (
        "Roblox",
        "Minecraft",
        "Fortnite",
        "Call of Duty",
        "PlayStation",
        "Xbox",
        "Steam Deck",
    ),
    "a tablet, phone or computer": (
        *("iPad", "iPads", "iPhone", "iPhones", "iPod", "iPods", "Chromebook", "Chromebooks"),
        *("MacBook", "MacBooks", "Apple Watch", "Apple Watches", "Fitbit", "AirTag"),
        *("AirTags", "BlackBerry", "Blackberry", "AirPods", "GoPro"),
    ),
    "a service for sending files": ("AirDrop", "Airdrop"),
    "an online encyclopaedia": ("Wikipedia",),
    "a search engine": ("Google Search", "Bing", "Google"),
    "a podcast service": ("Spotify", "SoundCloud"),
    "an online shop": ("eBay", "Vinted"),
}
"""What to write instead, and the names that no other word shares."""

_SHARED: Mapping[str, str] = {
    "X": "a social network",
    "Threads": "a social network",
    "Signal": "a messaging app",
    "Messenger": "a messaging app",
    "Slack": "a messaging app",
    "Discord": "a messaging app",
    "Telegram": "a messaging app",
    "Tapestry": "the learning platform",
    "Seesaw": "the learning platform",
    "Vine": "a video site",
    "Bumble": "a social network",
    "Tinder": "a social network",
    "Twitch": "a video site",
    "Lightspeed": "the filtering system",
    "Kindle": "a tablet, phone or computer",
    "Alexa": "a tablet, phone or computer",
    "Siri": "a tablet, phone or computer",
    "Egress": "work e-mail",
    "Insta": "a social network",
    "Teams": "the meeting tool",
    "Zoom": "the meeting tool",
    "Copilot": "an AI tool",
    "Gemini": "an AI tool",
    "Claude": "an AI tool",
    "Outlook": "work e-mail",
    "Firefly": "the learning platform",
    "Safari": "a web browser",
    "Chrome": "a web browser",
}
"""Names that are words as well: told where a small word, a comma or another name stands
before them, as in “on X” or “Facebook, Signal and X”, or where they are all of an item."""

_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names} | dict(_SHARED)


def _any_of(names: Mapping[str, str] | list[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))


_SURE = [name for name in _KIND_OF if name not in _SHARED]
_NAME = re.compile(
    rf"(?<![\w@.-])(?:(?:{_any_of(_SURE)})|(?<=[a-z,(/]\s)(?:{_any_of(_SHARED)})"
    rf"|(?<=[(/])(?:{_any_of(_SHARED)})|\A(?:{_any_of(_SHARED)})(?=[.;,]?\s*\Z))(?![\w@]|-(?!based|style|like)|\.\w)"
)
_BEFORE_SHARED = re.compile(
    r"(?:\b(?:on|onto|to|via|using|use|uses|used|and|or|as|from|through|called|formerly|like"
    r"|include|includes|including|join|joins|over|in|with|by|a|an|the|any|their|your)|,)\s\Z"
    r"|[(/]\Z"
)
_ARTICLE = re.compile(r"\b(?:a|an|the|any|their|your)\s\Z")
_THING = re.compile(r"\s(?:accounts?|chats?|calls?|meetings?|groups?|posts?|messages?|app)\b")
_INITIAL = re.compile(r"[A-Z]\Z")
_FAR_BACK = 12


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Tell each name where a policy or form speaks; a setting's answer may hold one."""
    for _, passage, words in subject.prose.plain:
        for match in _NAME.finditer(words):
            start, end = match.span()
            name = match[0]
            alone = passage.kind in {"item", "cell"} and not words.replace(name, "", 1).strip(
                " .;,"
            )
            if name in _SHARED and not alone and not _is_service(words, start, end):
                continue
            kind = _KIND_OF[name]
            message = f"“{name}” is a product's name"
            hint = f"Name the kind instead (“{kind}”), or make the name the answer to a setting."
            if setting := _setting_with(subject.library, name):
                hint = f"Name the kind instead (“{kind}”), or print {{{{ settings.{setting} }}}}."
            yield warning("bare-product-name", (passage, start, end), message, hint)


def _is_service(words: str, start: int, end: int) -> bool:
    """Whether a name that is a word as well is meant as a name."""
    before = words[max(0, start - _FAR_BACK) : start]
    if not _BEFORE_SHARED.search(before):
        return False
    if _INITIAL.match(words[end + 1 : end + 2]) and not words[end : end + 1].strip():
        return False  # a longer name: “in Line Management”
    return bool(_THING.match(words, end)) if _ARTICLE.search(before) else True


def _setting_with(library: Library, name: str) -> str | None:
    """Give a setting that some answer or choice prints this name for."""
    sources = [library.trust.settings, *(s.settings for s in library.schools.values())]
    for setting_name, setting in library.settings.items():
        answers = [
            answers[key].value for answers in sources for key in answers if key == setting_name
        ]
        printed = [str(choice.printed) for choice in (setting.choices or {}).values()]
        if any(name in str(value) for value in (setting.default, *answers, *printed)):
            return setting_name
    return None
