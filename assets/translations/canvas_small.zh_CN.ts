<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Zoom in to pull wires.</source>
        <translation>放大后可拉出连线。</translation>
    </message>
    <message>
        <source>Another block is named “{name}” too: in the code and in saved weights this one is called “{code}”. Give it a name of its own.</source>
        <translation>另一个模块也叫“{name}”：在代码和保存的权重里，这一个叫“{code}”。请给它取一个不同的名称。</translation>
    </message>
    <message>
        <source>Another block is named “{typed}”. This one is called “{name}”.</source>
        <translation>已有模块叫“{typed}”，这一个改叫“{name}”。</translation>
    </message>
    <message>
        <source>{where} · {left} left</source>
        <translation>{where} · 剩余 {left}</translation>
    </message>
</context>
</TS>
