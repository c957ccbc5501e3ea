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
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>What came, and what was forecast for it. The naive forecast repeats what was some steps before; a network is worth its training where it errs less.</source>
        <translation>实际出现的值，以及对它的预测。朴素预测只是重复若干步之前的值；网络的误差比它小，训练才有意义。</translation>
    </message>
    <message>
        <source>What is forecast</source>
        <translation>预测的是什么</translation>
    </message>
    <message>
        <source>Steps ahead</source>
        <translation>提前几步</translation>
    </message>
    <message>
        <source>Forecasts over what came</source>
        <translation>预测与实际值</translation>
    </message>
    <message>
        <source>Go through the time</source>
        <translation>沿时间浏览</translation>
    </message>
    <message>
        <source>Mean error {error}; naive (the value {back} {back:step|steps} before) {naive}. The network’s is {share} times that.</source>
        <translation>平均误差 {error}；朴素预测（取 {back} 步之前的值）为 {naive}。网络的误差是它的 {share} 倍。</translation>
    </message>
    <message>
        <source>Naive</source>
        <translation>朴素预测</translation>
    </message>
    <message>
        <source>What came</source>
        <translation>实际值</translation>
    </message>
    <message>
        <source>Error beside the naive forecast</source>
        <translation>误差与朴素预测之比</translation>
    </message>
    <message>
        <source>Gates over time</source>
        <translation>门随时间的变化</translation>
    </message>
    <message>
        <source>On the left the mean of all units at each step, on the right every unit. A gate near 0 lets nothing through, one near 1 everything.</source>
        <translation>左边是每一步所有单元的平均，右边是每个单元。门接近 0 时什么也不放行，接近 1 时全部放行。</translation>
    </message>
    <message>
        <source>Which layer</source>
        <translation>哪一层</translation>
    </message>
    <message>
        <source>What is shown of every unit</source>
        <translation>显示每个单元的什么</translation>
    </message>
    <message>
        <source>Mean of all units</source>
        <translation>所有单元的平均</translation>
    </message>
    <message>
        <source>Every unit over time</source>
        <translation>每个单元随时间的变化</translation>
    </message>
    <message>
        <source>Input gate</source>
        <translation>输入门</translation>
    </message>
    <message>
        <source>Forget gate</source>
        <translation>遗忘门</translation>
    </message>
    <message>
        <source>Output gate</source>
        <translation>输出门</translation>
    </message>
    <message>
        <source>Reset gate</source>
        <translation>重置门</translation>
    </message>
    <message>
        <source>Update gate</source>
        <translation>更新门</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>候选值</translation>
    </message>
    <message>
        <source>Memory cell</source>
        <translation>记忆单元</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What came in, in scale</source>
        <translation>输入（已缩放）</translation>
    </message>
    <message>
        <source>Unit {unit} at “{word}”: {value}</source>
        <translation>单元 {unit} 在“{word}”处：{value}</translation>
    </message>
    <message>
        <source>Unit {unit} at step {step}: {value}</source>
        <translation>单元 {unit} 在第 {step} 步：{value}</translation>
    </message>
    <message>
        <source>Units, from dark ({low}) to bright ({high})</source>
        <translation>各单元，从暗（{low}）到亮（{high}）</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>backwards</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>No layer of this network reads a sequence step by step.</source>
        <translation>这个网络没有逐步读取序列的层。</translation>
    </message>
</context>
</TS>
