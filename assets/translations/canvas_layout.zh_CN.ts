<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Arrange {count} {count:block|blocks}</source>
        <translation>排列 {count} 个块</translation>
    </message>
    <message>
        <source>Select at least two blocks to arrange, or nothing to arrange all.</source>
        <translation>请至少选择两个块来排列；不选择则排列全部。</translation>
    </message>
</context>
</TS>
