<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Zoom in to pull wires.</source>
        <translation>放大后可拉出连线。</translation>
    </message>
</context>
</TS>
