"""The words of the interface, in both languages."""

from crosswalk.parity.continuing import NO_WAY

CAPTION = (
    "In each cell, the largest deviation over all steps: absolute; relative; and the "
    "yardstick, which is how far PyTorch in float32 is from PyTorch in float64."
)
CLAIM = "The official table of MindSpore {release} says: {verdict}."
AGREES = "The measurement agrees."
DISAGREES = "The measurement does not agree."
COMMAND = "Measure it yourself ({seconds} s when this page was built):"
LOSSES = (
    "Loss over {steps} steps with matched arguments: it ends at {torch:.4g} in "
    "PyTorch and at {mindspore:.4g} in MindSpore; the parameters deviate by "
    "{deviation} at most."
)
RATES = (
    "Learning rate over {steps} steps with matched arguments: it ends at "
    "{torch:.4g} in PyTorch and at {mindspore:.4g} in MindSpore; the largest "
    "deviation is {deviation}."
)
NOTHING_FOUND = (
    "Nothing found. Try one word less, or the name of an API such as nn.SGD."
)
NOT_COVERED = "This site does not cover “{query}”."
SEE_INDEX = " The {link} lists every API that it covers."
MORE = "… {count} more characters: the notebook has them all"
REACHED = "Share of what is wanted: 1 and more are good"
USED = "{comparisons} comparisons on {pages} pages"
SCORE = "Of {tried} damages, {caught} were noticed: {share}."
NOT_DAMAGED = "{count} comparisons are left to be damaged, as they are now."
NO_REASON = "The reason is not yet known."
UNNOTICED = "{count} times not noticed. {reason}"
# Why a damage changes nothing that a reader could see.
SAME_WITH_OTHER = "The statements hold for the other value, too."
SAME_WITH_DEFAULT = "The statements hold without it, too: with the default."
THE_DEFAULT = "It is the default, written out."
SAME_NUMBERS = "The numbers are the same in another container, type or copy."
NAME_OR_GUARD = "A name, or a guard against what does not happen here."
ONLY_SHOWN = "It only changes how a value is shown."
NO_EFFECT = "It has no effect there: that is what a statement says."
SAME_LATER = "What is loaded or run afterwards gives the same, as a statement says."
# Versions of MindSpore.
SINCE = "since {}"
UNTIL = "until {}"
ON = "MindSpore {}: {}"
ON_DEVICE = "{device}, MindSpore {version}: {state}"
NOT_AGAIN = "outdated, not yet run again on MindSpore {}"
NOT_YET = "not yet run on MindSpore {}"
CHANGED = (
    "This comparison has changed since it ran on MindSpore {}: its old results are "
    "outdated and not shown."
)
ANNOUNCED = (
    "Announced to change or to end: {names}. Still there in {package} {version}."
)
GONE = "No longer there in {package} {version}: {names}."
WARNED = "A warning while this ran announces a change or an end."
ANNOUNCED_SINCE = "since {}:"
ANNOUNCED_BEFORE = "since {} or earlier:"
ONLY_ON = "This runs on {} only: what is shown was recorded there."
ONLY_ON_UNSEEN = "This runs on {} only, and is not recorded there yet."
NOTHING_HERE = "There is none."
# What examples were kept from.
NOTHING = "nothing"
NEVER = "This comparison has not run on MindSpore {} yet."
COMPARED_WITH = "MindSpore {new}, compared with {old}"
NOTHING_CHANGED = "Nothing that this site runs or reads has changed."
BEHAVIOURS = "What it changed: {count} results"
NO_CAUSE = "The cause of these is not yet known."
NOT_COMPARED = (
    "Not compared: {count} comparisons and pairs, which are not of the same sources in "
    "both."
)
CHANGE_WORDS = {
    "warning": "Warnings that began or ended",
    "note": "Announcements in docstrings that began or ended",
    "name": "Names that came or went",
    "signature": "Arguments and defaults that moved",
}
KIND_WORDS = {
    "number": "a number in a snippet",
    "flag": "True or False in a snippet",
    "operator": "an operator in a snippet",
    "argument": "an argument in a snippet",
    "call": "a call in a snippet",
    "emptied": "a check, emptied",
    "negated": "a check, turned round",
    "translated number": "a number in a translation",
    "translated name": "a name in a translation",
    "badge": "a badge",
}
MODE_WORDS = {"pynative": "PyNative", "graph": "Graph", "jit": "@jit"}

VERDICT_WORDS = {
    "same": "same",
    "defaults-differ": "same once arguments are set",
    "ignored": "flag ignored",
    "differs": "differs",
    "frozen": "does nothing",
    "fails": "fails here",
    "none": "no counterpart",
    "unmeasured": "could not be measured",
    "outdated": "outdated",
    "missing": "not yet measured",
}

WORDS: dict[str, dict[str, str]] = {
    "zh_CN": {
        "Overview": "概览",
        "Setup": "准备代码",
        "Output": "输出",
        "Layout": "排列方式",
        "Side by side": "左右对照",
        "Tabs": "标签页",
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
        "same": "一致",
        "same once arguments are set": "设好参数后一致",
        "flag ignored": "参数被忽略",
        "differs": "不一致",
        "does nothing": "参数不更新",
        "fails here": "在此报错",
        "no counterpart": "没有对应",
        "consistent": "一致",
        "Setting": "设置",
        "Changed": "所改的量",
        "By": "改法",
        "In the file": "文件中有",
        "Not in the file": "文件中没有",
        "weights only": "只存权重",
        "optimizer": "存优化器",
        "rate changed": "存前改过学习率",
        "everything": "全部状态",
        "Saving and resuming": "保存与续训",
        "Changing hyperparameters while training": "训练中修改超参",
        "Find in the table": "在表中查找",
        "fixed gradients": "固定梯度",
        "own gradients": "各自梯度",
        "default": "默认值",
        "Remark": "说明",
        "on one side only:": "仅一侧有：",
        "only in PyTorch": "仅 PyTorch 有",
        "only in MindSpore": "仅 MindSpore 有",
        "other default": "默认值不同",
        "required": "必填",
        "Find an API": "查找 API",
        SINCE: "自 {} 起",
        UNTIL: "截至 {}",
        ON: "MindSpore {}：{}",
        ON_DEVICE: "{device}，MindSpore {version}：{state}",
        NOT_AGAIN: "结果已过期，尚未在 MindSpore {} 上重新运行",
        NOT_YET: "尚未在 MindSpore {} 上运行",
        CHANGED: "此对照在 MindSpore {} 上运行之后有改动：旧结果已过期，不再显示。",
        NEVER: "此对照尚未在 MindSpore {} 上运行。",
        ANNOUNCED: "库已预告将变更或移除：{names}。在 {package} {version} 中仍存在。",
        GONE: "在 {package} {version} 中已不存在：{names}。",
        WARNED: "运行时有警告预告将变更或移除。",
        ANNOUNCED_SINCE: "自 {} 起：",
        ANNOUNCED_BEFORE: "自 {} 或更早起：",
        ONLY_ON: "此对照只能在 {} 上运行：所示结果是在该设备上记录的。",
        ONLY_ON_UNSEEN: "此对照只能在 {} 上运行，尚未在该设备上记录结果。",
        NOTHING_HERE: "没有。",
        NOTHING: "无",
        ", ": "、",
        "network": "网络",
        "other processes": "其他进程",
        "shared memory": "共享内存",
        "sockets of other programs": "其他程序的套接字",
        "other files": "其他文件",
        "Verdict": "判定",
        "What it raises": "报错信息",
        "outdated": "已过期",
        "missing": "尚未运行",
        "could not be measured": "未能测量",
        "not yet measured": "尚未测量",
        SCORE: "共破坏 {tried} 处，其中 {caught} 处被发现，占 {share}。",
        NOT_DAMAGED: "还有 {count} 个对照的当前版本尚未作过破坏。",
        NO_REASON: "原因尚未查明。",
        UNNOTICED: "{count} 处未被发现。{reason}",
        SAME_WITH_OTHER: "换成另一个值，结论同样成立。",
        SAME_WITH_DEFAULT: "不写它而用默认值，结论同样成立。",
        THE_DEFAULT: "它就是默认值，只是写了出来。",
        SAME_NUMBERS: "数值相同，只是容器、类型或副本不同。",
        NAME_OR_GUARD: "它只是名称，或用于防备这里不会发生的情况。",
        ONLY_SHOWN: "它只改变数值的显示方式。",
        NO_EFFECT: "它在那里不起作用，这正是某条结论所说的。",
        SAME_LATER: "之后的加载或运行会得到同样的结果，正如某条结论所说。",
        "a number in a snippet": "代码中的数字",
        "True or False in a snippet": "代码中的 True 或 False",
        "an operator in a snippet": "代码中的运算符",
        "an argument in a snippet": "代码中的参数",
        "a call in a snippet": "代码中的调用",
        "a check, emptied": "被清空的验证",
        "a check, turned round": "被取反的验证",
        "a number in a translation": "译文中的数字",
        "a name in a translation": "译文中的名称",
        "a badge": "徽标",
        "What was damaged": "破坏的内容",
        "Times": "次数",
        "Noticed": "被发现",
        "Share": "比例",
        "Place": "位置",
        "Kind": "种类",
        "Was": "原为",
        "Became": "改为",
        COMPARED_WITH: "MindSpore {new} 与 {old} 相比",
        NOTHING_CHANGED: "本站运行和读取的内容没有变化。",
        BEHAVIOURS: "由此变化的结果：{count} 项",
        NO_CAUSE: "以下变化的原因尚未查明。",
        NOT_COMPARED: "未作比较：{count} 个对照和配对，它们在两个版本中的源码不同。",
        "Warnings that began or ended": "新增或消失的警告",
        "Announcements in docstrings that began or ended": "文档字符串中新增或消失的"
        "弃用声明",
        "Names that came or went": "新增或移除的名称",
        "Arguments and defaults that moved": "变动的参数和默认值",
        "Change": "变化",
        "Text": "原文",
        "Name": "名称",
        "began": "新增",
        "ended": "消失",
        REACHED: "达到目标的程度：1 及以上为达标",
        USED: "{pages} 个页面上的 {comparisons} 个对照",
        NO_WAY: "在这里，任何修改学习率的方式都不生效",
        "{side} refuses: {kinds}": "{side} 不接受：{kinds}",
        "Arguments side by side": "参数对照",
        "step": "步",
        "loss": "损失",
        "learning rate": "学习率",
        "deviation": "偏差",
        "MindSpore against PyTorch": "MindSpore 与 PyTorch 之差",
        "PyTorch float32 against float64": "PyTorch float32 与 float64 之差",
        NOTHING_FOUND: "没有找到。可以减少一个词，或输入 API 名称，例如 nn.SGD。",
        NOT_COVERED: "本站没有关于“{query}”的内容。",
        SEE_INDEX: "{link}列出了本站涉及的全部 API。",
        MORE: "……另有 {count} 个字符，完整输出见 notebook",
        CAPTION: "每格依次为所有步中的最大绝对偏差、相对偏差和标尺；"
        "标尺是 PyTorch 自身 float32 与 float64 运行结果之差。",
        CLAIM: "MindSpore {release} 的官方映射表写的是：{verdict}。",
        AGREES: "与实测相符。",
        DISAGREES: "与实测不符。",
        COMMAND: "自行测量（构建本页时用时 {seconds} 秒）：",
        LOSSES: "参数对齐后 {steps} 步的损失：PyTorch 最终为 {torch:.4g}，"
        "MindSpore 最终为 {mindspore:.4g}；参数的最大偏差为 {deviation}。",
        RATES: "参数对齐后 {steps} 步的学习率：PyTorch 最终为 {torch:.4g}，"
        "MindSpore 最终为 {mindspore:.4g}；最大偏差为 {deviation}。",
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


def verdict_word(language: str, verdict: str | None) -> str:
    """Return a verdict in ``language``; None is no counterpart."""
    return word(language, VERDICT_WORDS[verdict or "none"])
