<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>This sample cannot be shown: {reason}.</source>
        <translation>无法显示此样本：{reason}。</translation>
    </message>
    <message>
        <source>What flows is shown for plans that train one network.</source>
        <translation>只能为训练单个网络的计划显示数据流。</translation>
    </message>
</context>
</TS>
