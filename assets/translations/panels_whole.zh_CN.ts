<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Left and right choose the port, up and down where the wire begins. Enter joins, Esc gives up.</source>
        <translation>左右键选择端口，上下键选择连线的起点。回车键连接，Esc 键放弃。</translation>
    </message>
    <message>
        <source>{port}: no port fits</source>
        <translation>{port}：没有合适的端口</translation>
    </message>
    <message>
        <source>{wire}, in place of {source}</source>
        <translation>{wire}，取代 {source}</translation>
    </message>
    <message>
        <source>wire from {source} to {target}</source>
        <translation>从 {source} 到 {target} 的连线</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>No wire begins or ends here.</source>
        <translation>这里没有连线。</translation>
    </message>
    <message>
        <source>Choose its next wire</source>
        <translation>选择它的下一条连线</translation>
    </message>
    <message>
        <source>Choose its last wire</source>
        <translation>选择它的上一条连线</translation>
    </message>
</context>
</TS>
