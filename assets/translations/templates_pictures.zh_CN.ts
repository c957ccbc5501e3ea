<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Which digits</source>
        <translation>哪些数字</translation>
    </message>
    <message>
        <source>0 to 4</source>
        <translation>0 到 4</translation>
    </message>
    <message>
        <source>5 to 9</source>
        <translation>5 到 9</translation>
    </message>
    <message>
        <source>Which digits: one half to learn first, the other one to learn with what was learned.</source>
        <translation>哪些数字：先学一半，再带着学到的东西去学另一半。</translation>
    </message>
</context>
</TS>
