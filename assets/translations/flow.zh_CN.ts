<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>This sample cannot be shown: {reason}.</source>
        <translation>无法显示此样本：{reason}。</translation>
    </message>
    <message>
        <source>{count} not finite</source>
        <translation>{count} 个非有限值</translation>
    </message>
    <message>
        <source>What flows here</source>
        <translation>查看流经此处的数据</translation>
    </message>
    <message>
        <source>Show what flows</source>
        <translation>显示数据流</translation>
    </message>
    <message>
        <source>Walk through the data flow</source>
        <translation>逐步查看数据流</translation>
    </message>
    <message>
        <source>Data flow</source>
        <translation>数据流</translation>
    </message>
    <message>
        <source>The plan does not train “{name}”, so nothing is shown.</source>
        <translation>训练计划不训练“{name}”，因此没有可显示的内容。</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Validation data</source>
        <translation>验证数据</translation>
    </message>
    <message>
        <source>Test data</source>
        <translation>测试数据</translation>
    </message>
    <message>
        <source>Which samples</source>
        <translation>使用哪些样本</translation>
    </message>
    <message>
        <source>Which class</source>
        <translation>哪个类别</translation>
    </message>
    <message>
        <source>Number of the sample</source>
        <translation>样本编号</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>下一个样本</translation>
    </message>
    <message>
        <source>The next sample, of the chosen class</source>
        <translation>下一个样本（所选类别）</translation>
    </message>
    <message>
        <source>Choose a sample by chance</source>
        <translation>随机选择一个样本</translation>
    </message>
    <message>
        <source>The node before</source>
        <translation>上一个节点</translation>
    </message>
    <message>
        <source>The next node</source>
        <translation>下一个节点</translation>
    </message>
    <message>
        <source>Play the walk, or stop it</source>
        <translation>播放或停止逐步查看</translation>
    </message>
    <message>
        <source>Where the walk is</source>
        <translation>当前所在的节点</translation>
    </message>
    <message>
        <source>Into composites</source>
        <translation>进入组合模块</translation>
    </message>
    <message>
        <source>Any class</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>Last round of repeats</source>
        <translation>显示最后一轮</translation>
    </message>
    <message>
        <source>Of composites that repeat, the last round is shown; else the first</source>
        <translation>对于重复的组合模块，显示最后一轮；否则显示第一轮</translation>
    </message>
    <message>
        <source>{reach}, mean {mean}, deviation {deviation}</source>
        <translation>{reach}，均值 {mean}，标准差 {deviation}</translation>
    </message>
    <message>
        <source>first {shown} of {total}</source>
        <translation>共 {total} 个，显示前 {shown} 个</translation>
    </message>
    <message>
        <source>{total} values, neighbours averaged</source>
        <translation>{total} 个数值，相邻值取平均</translation>
    </message>
    <message>
        <source>neighbours averaged</source>
        <translation>相邻值取平均</translation>
    </message>
    <message>
        <source>Arrives from {name}</source>
        <translation>来自 {name}</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Leaves at {port}</source>
        <translation>从 {port} 输出</translation>
    </message>
    <message>
        <source>The output</source>
        <translation>网络的输出</translation>
    </message>
    <message>
        <source>Attention, {count} {count:head|heads}</source>
        <translation>注意力，{count} 个头</translation>
    </message>
    <message>
        <source>Weights: {count}</source>
        <translation>权重：{count} 个</translation>
    </message>
    <message>
        <source>Nothing flows through this node for this sample.</source>
        <translation>此样本没有数据流经该节点。</translation>
    </message>
    <message>
        <source>Sample {number}</source>
        <translation>样本 {number}</translation>
    </message>
    <message>
        <source>It is “{name}”.</source>
        <translation>真实类别为“{name}”。</translation>
    </message>
    <message>
        <source>Taken for “{name}”.</source>
        <translation>判定为“{name}”。</translation>
    </message>
    <message>
        <source>{reach}, mean {mean}, {zeros} % zeros</source>
        <translation>{reach}，均值 {mean}，零占 {zeros} %</translation>
    </message>
    <message>
        <source>{silent} of {units} units are 0 everywhere</source>
        <translation>{units} 个单元中有 {silent} 个处处为 0</translation>
    </message>
    <message>
        <source>{count} {count:number is|numbers are} infinite or NaN</source>
        <translation>{count} 个数值为无穷大或 NaN</translation>
    </message>
    <message>
        <source>one number</source>
        <translation>一个数值</translation>
    </message>
    <message>
        <source>Open this panel while a network trains, or after, to walk through it.</source>
        <translation>在网络训练期间或之后打开此面板，即可逐个节点查看。</translation>
    </message>
    <message>
        <source>Draw a network: then its flow can be walked through.</source>
        <translation>先绘制一个网络，再逐个节点查看其数据流。</translation>
    </message>
    <message>
        <source>One moment: the network is being looked into.</source>
        <translation>请稍候：正在查看网络。</translation>
    </message>
    <message>
        <source>Zoom in to see what flows</source>
        <translation>放大以查看数据流</translation>
    </message>
    <message>
        <source>The pictures are too small to be seen from so far. Click to zoom in.</source>
        <translation>当前缩放比例下图像太小，无法显示。单击以放大。</translation>
    </message>
    <message>
        <source>Weights: while training, step {step}</source>
        <translation>权重：训练中，第 {step} 步</translation>
    </message>
    <message>
        <source>Weights: best of the run of {when} (epoch {epoch})</source>
        <translation>权重：{when} 开始的训练的最佳权重（第 {epoch} 轮）</translation>
    </message>
    <message>
        <source>Weights: last of the run of {when} (step {step})</source>
        <translation>权重：{when} 开始的训练的最后权重（第 {step} 步）</translation>
    </message>
    <message>
        <source>The run's weights cannot be read: new weights, not trained.</source>
        <translation>无法读取这次训练的权重：使用未经训练的新权重。</translation>
    </message>
    <message>
        <source>The drawing has changed since the run: new weights, not trained.</source>
        <translation>这次训练之后图已经改变：使用未经训练的新权重。</translation>
    </message>
    <message>
        <source>Weights: not trained yet</source>
        <translation>权重：尚未训练</translation>
    </message>
    <message>
        <source>Leaves: {sizes}</source>
        <translation>输出：{sizes}</translation>
    </message>
    <message>
        <source>Arrives: {sizes}</source>
        <translation>输入：{sizes}</translation>
    </message>
</context>
</TS>
