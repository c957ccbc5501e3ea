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
    <message>
        <source>Pairs</source>
        <translation>样本对</translation>
    </message>
    <message>
        <source>Like pairs belong on one side of the threshold, unlike ones on the other. Where the bars overlap, the network cannot tell them apart.</source>
        <translation>相同的样本对应在阈值的一侧，不同的在另一侧。柱子重叠之处，网络分不开它们。</translation>
    </message>
    <message>
        <source>Share of pairs %</source>
        <translation>样本对占比 %</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Unlike</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Best here</source>
        <translation>此处最佳</translation>
    </message>
    <message>
        <source>Distances as a histogram</source>
        <translation>距离直方图</translation>
    </message>
    <message>
        <source>{count} {count:pair|pairs}: {right} are told right at {threshold}, {best} at {other}; area below the curve {area}</source>
        <translation>{count} 对样本：以 {threshold} 为界判对 {right}，以 {other} 为界判对 {best}；曲线下面积 {area}</translation>
    </message>
    <message>
        <source>{low} to {high}: {count} {count:pair|pairs}</source>
        <translation>{low} 至 {high}：{count} 对</translation>
    </message>
    <message>
        <source>There are no pairs of both kinds to compare.</source>
        <translation>没有可以比较的两类样本对。</translation>
    </message>
</context>
</TS>
