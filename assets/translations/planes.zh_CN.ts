<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Decision surface</source>
        <translation>决策面</translation>
    </message>
    <message>
        <source>Answers on the plane</source>
        <translation>平面上各处的回答</translation>
    </message>
    <message>
        <source>Every place has the colour of the class that the network takes it for, pale where it is unsure. A sample on the ground of another colour is wrong; click it to look at it.</source>
        <translation>每一处的颜色就是网络判断的类别，没有把握的地方颜色较浅。落在另一种底色上的样本就是判错了的，点击可以查看。</translation>
    </message>
    <message>
        <source>Every place has the colour of the number that the network answers there, from dark for the least to bright for the greatest. Point at a sample to read its true number.</source>
        <translation>每一处的颜色就是网络在那里给出的数值，最小处最暗，最大处最亮。把鼠标移到样本上可以看到它的真实数值。</translation>
    </message>
    <message>
        <source>This network does not give one answer for each sample.</source>
        <translation>这个网络不是对每个样本给出一个回答。</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>How far points of XOR keep from the border between the classes.</source>
        <translation>异或图案中，点与类别分界线保持的距离。</translation>
    </message>
    <message>
        <source>Memory of the chance</source>
        <translation>随机部分的记忆</translation>
    </message>
    <message>
        <source>How much of the chance of one step stays in the next, as a warm day follows a warm day.</source>
        <translation>前一步的随机偏离有多少留到下一步，就像暖和的日子后面往往还是暖和的日子。</translation>
    </message>
    <message>
        <source>“{type}” cannot stand here. There are: {known}.</source>
        <translation>这里不能放“{type}”。可以用的有：{known}。</translation>
    </message>
</context>
</TS>
