<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Shared weights</source>
        <translation>共享权重</translation>
    </message>
    <message>
        <source>Learning rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>{what} added</source>
        <translation>新增 {what}</translation>
    </message>
    <message>
        <source>{what} changed</source>
        <translation>{what} 已更改</translation>
    </message>
    <message>
        <source>{what} removed</source>
        <translation>删除 {what}</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Network “{name}”</source>
        <translation>网络“{name}”</translation>
    </message>
    <message>
        <source>Composite “{name}”</source>
        <translation>组合模块“{name}”</translation>
    </message>
    <message>
        <source>Order of inputs</source>
        <translation>输入的顺序</translation>
    </message>
    <message>
        <source>Order of outputs</source>
        <translation>输出的顺序</translation>
    </message>
    <message>
        <source>Initial biases</source>
        <translation>初始偏置</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>as PyTorch makes them</source>
        <translation>与 PyTorch 相同</translation>
    </message>
    <message>
        <source>Wire {source} – {target}</source>
        <translation>连线 {source} – {target}</translation>
    </message>
    <message>
        <source>Code of “{name}”</source>
        <translation>“{name}”的代码</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>训练方式</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
</context>
</TS>
