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
    <message>
        <source>Drawing pad</source>
        <translation>手写板</translation>
    </message>
    <message>
        <source>Draw with the mouse, or paste a picture. Delete clears, Ctrl+Z takes the last stroke back.</source>
        <translation>用鼠标书写，或粘贴一张图片。Delete 清除，Ctrl+Z 撤销上一笔。</translation>
    </message>
    <message>
        <source>Draw here, or drop a picture</source>
        <translation>在此书写，或拖入一张图片</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>这张图片</translation>
    </message>
    <message>
        <source>Expected a picture, received {name}, which cannot be read as one.</source>
        <translation>应为图片，收到的是 {name}，无法作为图片读取。</translation>
    </message>
    <message>
        <source>Expected a PNG, JPEG, BMP, GIF, TIFF or WebP picture, received {name}, which is {kind}.</source>
        <translation>应为 PNG、JPEG、BMP、GIF、TIFF 或 WebP 图片，收到的 {name} 是 {kind} 格式。</translation>
    </message>
    <message>
        <source>{name} is damaged: {why}. Choose another picture.</source>
        <translation>{name} 已损坏：{why}。请选择另一张图片。</translation>
    </message>
    <message>
        <source>{name} is {width} x {height} pixels and would take {needed} MB; at most {limit} MB are read. Make it smaller first.</source>
        <translation>{name} 为 {width} × {height} 像素，需占用 {needed} MB；最多读取 {limit} MB。请先将其缩小。</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>True {true}, predicted {predicted}: {count} of {total} ({share} %)</source>
        <translation>真实 {true}，预测 {predicted}：{total} 中的 {count}（{share} %）</translation>
    </message>
    <message>
        <source>{right} of {total} right ({share} %)</source>
        <translation>{total} 中正确 {right}（{share} %）</translation>
    </message>
    <message>
        <source>No results yet</source>
        <translation>尚无结果</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>True</source>
        <translation>真实</translation>
    </message>
    <message>
        <source>Recovered edit {number}</source>
        <translation>恢复的第 {number} 步编辑</translation>
    </message>
    <message>
        <source>“{word}” instead of a number</source>
        <translation>用“{word}”代替数字</translation>
    </message>
</context>
</TS>
