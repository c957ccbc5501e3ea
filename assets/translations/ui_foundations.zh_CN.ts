<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>How much the values before count: 0 shows the values as measured, 0.99 only the trend.</source>
        <translation>之前的值所占的比重：0 按测量值原样显示，0.99 只显示趋势。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Logarithmic scale (L)</source>
        <translation>对数坐标（L）</translation>
    </message>
    <message>
        <source>Show everything (Home)</source>
        <translation>显示全部（Home）</translation>
    </message>
    <message>
        <source>Save the chart as a picture or a table…</source>
        <translation>将图表保存为图片或表格…</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Table of values (*.csv)</source>
        <translation>数值表 (*.csv)</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>The chart was not saved</source>
        <translation>图表未能保存</translation>
    </message>
    <message>
        <source>Expected a name that ends in .png, .svg or .csv, received {name}.</source>
        <translation>文件名应以 .png、.svg 或 .csv 结尾，收到的是 {name}。</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>尚无数据</translation>
    </message>
    <message>
        <source>Values appear here as they are measured.</source>
        <translation>一有测量值就会显示在这里。</translation>
    </message>
</context>
</TS>
