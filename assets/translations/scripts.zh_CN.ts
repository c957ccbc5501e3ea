<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Scripts are not written for the recipe “{recipe}”.</source>
        <translation>训练方法“{recipe}”没有对应的训练脚本。</translation>
    </message>
    <message>
        <source>A script of this recipe does not measure “{name}”. Leave “Best by” empty.</source>
        <translation>该训练方法的脚本不测量“{name}”。请将“最佳依据”留空。</translation>
    </message>
    <message>
        <source>A script does not hold L-BFGS where several networks learn. Choose another optimizer for “{role}”.</source>
        <translation>多个网络一起学习时，脚本不支持 L-BFGS。请为“{role}”选择其他优化器。</translation>
    </message>
    <message>
        <source>A script does not add up the gradients of several batches where the discriminator takes several steps. Set “Batches in a step” to 1.</source>
        <translation>判别器走多步时，脚本不会累积多个批次的梯度。请将“每步的批数”设为 1。</translation>
    </message>
    <message>
        <source>The plan trains several networks together ({names}), and only one leaves.</source>
        <translation>训练计划同时训练多个网络（{names}），而这里只导出其中一个。</translation>
    </message>
    <message>
        <source>It is not known how many classes there are, because the data cannot be read.</source>
        <translation>无法读取数据，因此不知道有多少个类别。</translation>
    </message>
    <message>
        <source>All networks that the plan trains together leave: {names}.</source>
        <translation>训练计划一起训练的网络全部导出：{names}。</translation>
    </message>
    <message>
        <source>It is not known how bright pictures are, because the data cannot be read.</source>
        <translation>无法读取数据，因此不知道图片的亮度范围。</translation>
    </message>
    <message>
        <source>This is the network “{network}” alone. The plan also trains {others}: choose the network to export, or take all of them as Python source.</source>
        <translation>这里只有网络“{network}”。训练计划还训练{others}：请选择要导出的网络，或以 Python 源码导出全部网络。</translation>
    </message>
    <message>
        <source>which network, where there are several; else the one that the plan names first</source>
        <translation>有多个网络时选择哪一个；否则为训练计划中的第一个</translation>
    </message>
    <message>
        <source>Scripts are not written for the environment “{data}”.</source>
        <translation>环境“{data}”没有对应的训练脚本。</translation>
    </message>
    <message>
        <source>A script does not turn or shift masks that “{loss}” learns as 1 and -1. Choose binary cross entropy as the loss, or set these to nothing: {names}.</source>
        <translation>脚本不会旋转或平移以 1 和 -1 表示、由“{loss}”学习的掩码。请改用二元交叉熵损失，或将这些设为无：{names}。</translation>
    </message>
    <message>
        <source>Its samples cannot be saved beside it: {reason}</source>
        <translation>样本无法保存在脚本旁：{reason}</translation>
    </message>
    <message>
        <source>Its samples would be saved beside it, and they take {size}. Use fewer of them, or train in Netwright.</source>
        <translation>样本要保存在脚本旁，而它们占 {size}。请减少样本，或在 Netwright 中训练。</translation>
    </message>
    <message>
        <source>A script reads all samples into the memory, and these take {size}. Train in Netwright, which leaves them on the disk.</source>
        <translation>脚本会把所有样本读入内存，而这些样本占 {size}。请在 Netwright 中训练，样本会留在磁盘上。</translation>
    </message>
</context>
</TS>
