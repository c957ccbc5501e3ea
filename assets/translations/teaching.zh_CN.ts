<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>“{name}” cannot be read: {reason}</source>
        <translation>“{name}”读不出来：{reason}</translation>
    </message>
    <message>
        <source>This link leads nowhere: “{link}”.</source>
        <translation>这个链接没有去处：“{link}”。</translation>
    </message>
    <message>
        <source>This template has no sweep “{name}”.</source>
        <translation>这个模板里没有扫描“{name}”。</translation>
    </message>
    <message>
        <source>There is no block “{name}” here.</source>
        <translation>这里没有名为“{name}”的模块。</translation>
    </message>
    <message>
        <source>There is no panel “{name}”.</source>
        <translation>没有面板“{name}”。</translation>
    </message>
    <message>
        <source>This template has no further project “{name}”.</source>
        <translation>这个模板里没有另一个项目“{name}”。</translation>
    </message>
    <message>
        <source>There is no template “{name}” here.</source>
        <translation>这里没有模板“{name}”。</translation>
    </message>
    <message>
        <source>Nothing is otherwise than it was.</source>
        <translation>一切照旧，什么也没有改变。</translation>
    </message>
</context>
</TS>
