"""The words of the interface, in both languages."""

WORDS: dict[str, dict[str, str]] = {
    "zh_CN": {
        "Setup": "准备代码",
        "Output": "输出",
        "Download": "下载",
        "script": "脚本",
        "notebook": "带输出的 notebook",
        "passed": "通过",
        "failed": "未通过",
        "skipped": "未在此运行",
        "Checks": "验证",
        "checks passed": "项验证通过",
        "not run here": "未在此运行",
        "What": "内容",
        "Measured": "实测",
        "Wanted": "容差或期望",
        "Where": "运行环境",
        "Statement": "结论",
        "Status": "状态",
        "Check": "验证",
        "Device": "设备",
        "Mode": "模式",
        "Versions": "版本",
        "Seconds": "秒",
        "Used on": "所在页面",
        "Dynamic graph (PyNative)": "动态图（PyNative）",
        "Static graph (Graph)": "静态图（Graph）",
        "Dynamic graph (PyNative), @jit": "动态图（PyNative）+ @jit",
    },
}

MODES = {
    "PyNative": "Dynamic graph (PyNative)",
    "Graph": "Static graph (Graph)",
    "PyNative, @jit": "Dynamic graph (PyNative), @jit",
}


def word(language: str, text: str) -> str:
    """Return ``text`` in ``language``; English where there is no other."""
    return WORDS.get(language, {}).get(text, text)


def mode_word(language: str, mode: str) -> str:
    """Return the name of an execution mode in ``language``."""
    return word(language, MODES.get(mode, mode))
