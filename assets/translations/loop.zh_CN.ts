<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Average of weights</source>
        <translation>权重的平均</translation>
    </message>
    <message>
        <source>Batches in a step</source>
        <translation>每步的批数</translation>
    </message>
    <message>
        <source>Batches whose gradients are added up for one step, as if the batch were so many times as large.</source>
        <translation>把这么多批的梯度累加后才走一步，相当于批大小是原来的这么多倍。</translation>
    </message>
    <message>
        <source>Best by</source>
        <translation>最佳依据</translation>
    </message>
    <message>
        <source>Better when</source>
        <translation>怎样更好</translation>
    </message>
    <message>
        <source>Compute in the same order each time; stop where the device cannot.</source>
        <translation>每次都按相同的顺序计算；设备做不到时停止。</translation>
    </message>
    <message>
        <source>Deterministic</source>
        <translation>确定性计算</translation>
    </message>
    <message>
        <source>Numbers to compute with: the short ones are faster where the device has them.</source>
        <translation>计算所用的数：在支持的设备上，短的更快。</translation>
    </message>
    <message>
        <source>Share that the average of the weights keeps in each step, such as 0.999; it is judged and kept as the best in place of the weights. Empty for none.</source>
        <translation>权重的滑动平均在每一步保留的比例，例如 0.999；评判和保存最佳时用它代替权重。留空表示不用。</translation>
    </message>
    <message>
        <source>Steps between two looks at the validation data; empty for the end of each epoch.</source>
        <translation>两次验证之间的步数；留空表示在每轮结束时验证。</translation>
    </message>
    <message>
        <source>The figure that decides what is best, such as val_accuracy; empty for the loss.</source>
        <translation>决定何为最佳的指标，例如 val_accuracy；留空则按损失。</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>验证间隔</translation>
    </message>
    <message>
        <source>Which way this figure is better.</source>
        <translation>这个指标朝哪个方向更好。</translation>
    </message>
    <message>
        <source>float16</source>
        <translation>float16</translation>
    </message>
    <message>
        <source>higher</source>
        <translation>越高越好</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>越低越好</translation>
    </message>
    <message>
        <source>A script does not measure “{name}” while it trains. Have the best found by “{other}” instead.</source>
        <translation>脚本在训练时不测量“{name}”。请改用“{other}”来找出最佳。</translation>
    </message>
    <message>
        <source>“{operation}” has no form that computes in the same order each time on this device. Switch “Deterministic” off, train on the processor, or use another block.</source>
        <translation>“{operation}”在此设备上没有每次按相同顺序计算的形式。请关闭“确定性计算”，或在处理器上训练，或换用别的模块。</translation>
    </message>
    <message>
        <source>The plan goes by “{name}” to find the best weights, and this training measures {known}. Name one of these, or leave it empty.</source>
        <translation>方案按“{name}”寻找最佳权重，而这次训练测量的是 {known}。请从中选一个，或留空。</translation>
    </message>
    <message>
        <source>This recipe moves “{role}” several times in a step, so the gradients of several batches cannot be added up for it. Set “Batches in a step” to 1.</source>
        <translation>这种训练方式在一步中多次更新“{role}”，因此不能为它累加多批的梯度。请把“每步的批数”设为 1。</translation>
    </message>
    <message>
        <source>Weights: their moving average is judged and kept as the best</source>
        <translation>权重：评判并保存为最佳的是它们的滑动平均</translation>
    </message>
    <message>
        <source>L-BFGS looks at a batch several times, so it cannot add up the gradients of several. Set “Batches in a step” to 1 and take larger batches.</source>
        <translation>L-BFGS 会多次查看同一批，因此不能累加多批的梯度。请把“每步的批数”设为 1，并使用更大的批。</translation>
    </message>
    <message>
        <source>L-BFGS cannot work with gradients of float16. Set the precision to float32 or bfloat16.</source>
        <translation>L-BFGS 不能使用 float16 的梯度。请把精度设为 float32 或 bfloat16。</translation>
    </message>
    <message>
        <source>A step: {count} batches of {size}; what normalises over the batch does so over each of them</source>
        <translation>每步：{count} 批，每批 {size} 个；按批归一化的层在每一批内各自归一化</translation>
    </message>
    <message>
        <source>A step: {count} batches of {size}, as if they were one of {total}</source>
        <translation>每步：{count} 批，每批 {size} 个，如同一批 {total} 个</translation>
    </message>
    <message>
        <source>Numbers: float32, because this device does not compute with float16.</source>
        <translation>数值：float32，因为该设备不能用 float16 计算。</translation>
    </message>
    <message>
        <source>Numbers: float16 in the networks, with gradients scaled to fit; float32 for weights</source>
        <translation>数值：网络中用 float16，梯度经缩放以免溢出；权重用 float32</translation>
    </message>
</context>
</TS>
