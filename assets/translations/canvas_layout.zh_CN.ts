<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Arrange {count} {count:block|blocks}</source>
        <translation>自动排列 {count} 个模块</translation>
    </message>
    <message>
        <source>Select at least two blocks to arrange, or nothing to arrange all.</source>
        <translation>请至少选择两个模块再排列；什么都不选则排列全部。</translation>
    </message>
</context>
</TS>
