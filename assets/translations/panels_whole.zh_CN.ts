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
    <message>
        <source>Input {port}</source>
        <translation>输入 {port}</translation>
    </message>
    <message>
        <source>Output {port}</source>
        <translation>输出 {port}</translation>
    </message>
    <message>
        <source>Where the wire begins</source>
        <translation>连线的起点</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不合适</translation>
    </message>
    <message>
        <source>Where the wire from {port} ends</source>
        <translation>从 {port} 出发的连线的终点</translation>
    </message>
    <message>
        <source>What feeds {port}</source>
        <translation>{port} 的来源</translation>
    </message>
    <message>
        <source>Rename the composite “{name}”</source>
        <translation>重命名组合模块“{name}”</translation>
    </message>
    <message>
        <source>Fed by {names}</source>
        <translation>来自 {names}</translation>
    </message>
    <message>
        <source>input {port} from {other}</source>
        <translation>输入 {port} 来自 {other}</translation>
    </message>
    <message>
        <source>output {port} to {other}</source>
        <translation>输出 {port} 到 {other}</translation>
    </message>
    <message>
        <source>Which port?</source>
        <translation>哪个端口？</translation>
    </message>
    <message>
        <source>bypassed</source>
        <translation>已旁路</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配的条目</translation>
    </message>
    <message>
        <source>{name}, dimension {place}</source>
        <translation>{name}，第 {place} 维</translation>
    </message>
</context>
</TS>
