<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Another number deals the samples out to other splits.</source>
        <translation>换一个数，样本就会分到不同的划分中。</translation>
    </message>
    <message>
        <source>Give each split its share of every class.</source>
        <translation>让每个划分都按比例含有每个类别。</translation>
    </message>
    <message>
        <source>Split seed</source>
        <translation>划分种子</translation>
    </message>
    <message>
        <source>Stratify</source>
        <translation>分层抽样</translation>
    </message>
</context>
</TS>
