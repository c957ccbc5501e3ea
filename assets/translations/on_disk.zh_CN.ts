<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Looking through arrays</source>
        <translation>正在检查数组</translation>
    </message>
    <message>
        <source>The data does not fit into the memory, and keeping its numbers in {folder} takes {needed} of the disk: {free} are free there. Make room, or use fewer samples.</source>
        <translation>数据放不进内存，把其中的数值存到 {folder} 需要 {needed} 磁盘空间，而那里只剩 {free}。请腾出空间，或减少样本。</translation>
    </message>
    <message>
        <source>The data does not fit into the memory, and its numbers cannot be kept in {folder}: {reason}.</source>
        <translation>数据放不进内存，而其中的数值无法存到 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>Logarithmic scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>As measured</source>
        <translation>按测得的值</translation>
    </message>
    <message>
        <source>Return of an episode</source>
        <translation>单个回合的回报</translation>
    </message>
    <message>
        <source>No trial came to its end: {reason}</source>
        <translation>没有一次试验走到终点：{reason}</translation>
    </message>
</context>
</TS>
