"""Declares the blocks of this package; the layers are named by dotted names, so torch is not imported."""

from studio.blocks import block, from_input, input_port, param, translate


@block(
    "netwright_example.layers.Squash",
    type="example.squash",
    group="activation",
    keywords=("softsign", "range"),
)
class Squash:
    """Squash numbers softly into a range."""

    limit: float = param(1.0, low=0, doc="The largest number that leaves.")


@block("netwright_example.layers.Mix", type="example.mix", group="linear", rank=(2,), dtype="float")
class Mix:
    """Mix every feature with every other, keeping their number."""

    features: int = from_input("x", dim=-1, doc="Features arriving at the block.")
    rounds: int = param(1, low=1, high=16, doc="How often it mixes in a row.")


@block(
    "netwright_example.recipes.Distilling",
    type="example.distilling",
    group="recipe",
    role="recipe",
)
class Distilling:
    """A student learns to say what a teacher says."""

    teacher: object = input_port("The network that knows; it stays as it is.")
    student: object = input_port("The network that learns.")
    warmth: float = param(2.0, low=0, high=100, doc="How softly the teacher speaks.")


# Titles, help, names of parameters ("Limit" is what the form makes of `limit`), search words.
translate(
    "zh_CN",
    {
        "Squash": "压缩",
        "Squash numbers softly into a range.": "把数值平滑地压缩到一个范围内。",
        "Limit": "上限",
        "The largest number that leaves.": "输出的最大数值。",
        "softsign": "软符号",
        "range": "范围",
        "Mix": "混合",
        "Mix every feature with every other, keeping their number.": "把每个特征与其他特征混合，个数不变。",
        "Features": "特征数",
        "Features arriving at the block.": "到达该模块的特征数。",
        "Rounds": "次数",
        "How often it mixes in a row.": "连续混合多少次。",
        "Distilling": "蒸馏",
        "A student learns to say what a teacher says.": "学生学习说出老师所说的。",
        "The network that knows; it stays as it is.": "已经学会的网络；保持不变。",
        "Teacher": "老师",
        "Student": "学生",
        "Warmth": "温度",
        "How softly the teacher speaks.": "老师说得多柔和。",
    },
)
