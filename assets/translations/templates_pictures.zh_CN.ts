<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Which digits</source>
        <translation>哪些数字</translation>
    </message>
    <message>
        <source>0 to 4</source>
        <translation>0 到 4</translation>
    </message>
    <message>
        <source>5 to 9</source>
        <translation>5 到 9</translation>
    </message>
    <message>
        <source>Which digits: one half to learn first, the other one to learn with what was learned.</source>
        <translation>哪些数字：先学一半，再带着学到的东西去学另一半。</translation>
    </message>
    <message>
        <source>Digits in clutter</source>
        <translation>杂物中的数字</translation>
    </message>
    <message>
        <source>Laying digits among pieces</source>
        <translation>正在把数字放到碎片当中</translation>
    </message>
    <message>
        <source>A real digit somewhere on a larger picture, among pieces of other digits: which one is it?</source>
        <translation>一张较大的图片上，某处有一个真实的手写数字，周围散落着其他数字的碎片：它是几？</translation>
    </message>
    <message>
        <source>How many pictures are made.</source>
        <translation>生成多少张图片。</translation>
    </message>
    <message>
        <source>Pieces of other digits on each picture.</source>
        <translation>每张图片上其他数字碎片的个数。</translation>
    </message>
    <message>
        <source>Pieces of clutter</source>
        <translation>碎片数</translation>
    </message>
    <message>
        <source>Bright cells are looked at; on the picture they are orange.</source>
        <translation>越亮的格子越受关注；在图片上以橙色显示。</translation>
    </message>
    <message>
        <source>Bright cells: the part of the row looks at that of the column. Click a row to see it on the picture.</source>
        <translation>亮格表示：该行的部分在看该列的部分。点击一行，可在图片上查看。</translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {share}</source>
        <translation>第 {row} 行，第 {column} 列：{share}</translation>
    </message>
    <message>
        <source>cluttered</source>
        <translation>杂乱</translation>
    </message>
    <message>
        <source>{block} begins anew</source>
        <translation>{block} 的权重重新开始</translation>
    </message>
    <message>
        <source>Noise schedule</source>
        <translation>噪声安排</translation>
    </message>
</context>
</TS>
