<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>What the networks made</source>
        <translation>网络生成的结果</translation>
    </message>
    <message>
        <source>What was made</source>
        <translation>生成的内容</translation>
    </message>
    <message>
        <source>Play it, or stop it</source>
        <translation>播放或停止</translation>
    </message>
    <message>
        <source>Save as a picture…</source>
        <translation>保存为图片…</translation>
    </message>
    <message>
        <source>Save as a picture</source>
        <translation>保存为图片</translation>
    </message>
    <message>
        <source>Go back to what was made after an earlier epoch</source>
        <translation>回看较早轮次生成的结果</translation>
    </message>
    <message>
        <source>Instant</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Go through the instants</source>
        <translation>逐个查看各个时刻</translation>
    </message>
    <message>
        <source>What a training says stands here.</source>
        <translation>训练过程的消息会显示在这里。</translation>
    </message>
    <message>
        <source>Training on {device}: {samples} {samples:sample|samples}, {parameters} {parameters:parameter|parameters}, seed {seed}.</source>
        <translation>在 {device} 上训练：{samples} 个样本，{parameters} 个参数，随机种子 {seed}。</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs}, {time}: {figures}</source>
        <translation>第 {epoch} 轮，共 {epochs} 轮，{time}：{figures}</translation>
    </message>
    <message>
        <source>{said} (the best)</source>
        <translation>{said}（目前最好）</translation>
    </message>
    <message>
        <source>Made: {title}</source>
        <translation>已生成：{title}</translation>
    </message>
    <message>
        <source>Checkpoint at step {step}.</source>
        <translation>已在第 {step} 步保存检查点。</translation>
    </message>
    <message>
        <source>Run log</source>
        <translation>训练日志</translation>
    </message>
    <message>
        <source>The training failed</source>
        <translation>训练失败</translation>
    </message>
    <message>
        <source>The training is over</source>
        <translation>训练已结束</translation>
    </message>
    <message>
        <source>What the curves go over</source>
        <translation>曲线的横轴</translation>
    </message>
    <message>
        <source>What this chart shows</source>
        <translation>此图显示的内容</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Update ratio</source>
        <translation>更新比例</translation>
    </message>
    <message>
        <source>Samples a second</source>
        <translation>每秒样本数</translation>
    </message>
    <message>
        <source>Memory (MB)</source>
        <translation>内存（MB）</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Show the instants beside each other, as a film strip</source>
        <translation>将各个时刻并排显示为胶片</translation>
    </message>
    <message>
        <source>{where} · {epoch_left} left in it, {left} in all · {rate} samples/s</source>
        <translation>{where} · 本轮还剩 {epoch_left}，总共还剩 {left} · {rate} 样本/秒</translation>
    </message>
    <message>
        <source>Takes steps at ever larger learning rates. Where the loss falls steadily, the rate is good; where it grows, the rate is too large.</source>
        <translation>用越来越大的学习率各走一步。损失稳定下降处的学习率合适；损失上升处则过大。</translation>
    </message>
    <message>
        <source>Doubles the batch until the memory is short or it learns no faster, and shows how many samples a second each size learns.</source>
        <translation>不断加倍批大小，直到内存不足或不再变快，并显示每种大小每秒学习多少样本。</translation>
    </message>
    <message>
        <source>Trains with one batch alone. A network that cannot learn even that by heart has a fault, or its learning rate does not fit.</source>
        <translation>只用一批样本训练。连一批样本都记不住的网络要么有错误，要么学习率不合适。</translation>
    </message>
    <message>
        <source>The loss fell nowhere. Look at the data and the network first.</source>
        <translation>损失在任何学习率下都没有下降。请先检查数据和网络。</translation>
    </message>
    <message>
        <source>A good learning rate is {rate}.</source>
        <translation>合适的学习率是 {rate}。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>A batch of {size} learns about as fast as any.</source>
        <translation>批大小 {size} 的学习速度已接近最快。</translation>
    </message>
    <message>
        <source>Another trial is under way.</source>
        <translation>另一项试验正在进行。</translation>
    </message>
    <message>
        <source>Try before training</source>
        <translation>训练前试一试</translation>
    </message>
    <message>
        <source>Try before training…</source>
        <translation>训练前试一试…</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>One batch by heart</source>
        <translation>记住一批样本</translation>
    </message>
    <message>
        <source>Generator loss</source>
        <translation>生成器损失</translation>
    </message>
    <message>
        <source>Discriminator loss</source>
        <translation>判别器损失</translation>
    </message>
    <message>
        <source>Score of real samples</source>
        <translation>真实样本得分</translation>
    </message>
    <message>
        <source>Score of made samples</source>
        <translation>生成样本得分</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Bits per character</source>
        <translation>每字符比特数</translation>
    </message>
    <message>
        <source>Mean return</source>
        <translation>平均回报</translation>
    </message>
    <message>
        <source>Value of actions</source>
        <translation>动作价值</translation>
    </message>
    <message>
        <source>Share of random actions</source>
        <translation>随机动作比例</translation>
    </message>
    <message>
        <source>Policy loss</source>
        <translation>策略损失</translation>
    </message>
    <message>
        <source>Value loss</source>
        <translation>价值损失</translation>
    </message>
    <message>
        <source>Entropy of actions</source>
        <translation>动作熵</translation>
    </message>
    <message>
        <source>Reconstruction loss</source>
        <translation>重建损失</translation>
    </message>
    <message>
        <source>Divergence from the prior</source>
        <translation>与先验的散度</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Epoch {epoch}</source>
        <translation>第 {epoch} 轮</translation>
    </message>
</context>
</TS>
