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
    <message>
        <source>Compile</source>
        <translation>编译</translation>
    </message>
    <message>
        <source>Try torch.compile on a copy before the first step, and keep it where it is measured faster.</source>
        <translation>在第一步之前先用副本试 torch.compile，测得更快时才采用。</translation>
    </message>
    <message>
        <source>Networks are compiled</source>
        <translation>网络已编译</translation>
    </message>
    <message>
        <source>Networks are not compiled, which was no faster</source>
        <translation>网络未编译，因为编译后并不更快</translation>
    </message>
    <message>
        <source>Networks are compiled (measured {times} times as fast)</source>
        <translation>网络已编译（测得速度为原来的 {times} 倍）</translation>
    </message>
    <message>
        <source>Networks are not compiled (measured {times} times as fast)</source>
        <translation>网络未编译（测得速度为原来的 {times} 倍）</translation>
    </message>
    <message>
        <source>torch.compile cannot take this network ({reason}), so it is computed as it stands</source>
        <translation>torch.compile 无法处理这个网络（{reason}），因此按原样计算</translation>
    </message>
    <message>
        <source>The compiled network failed ({reason}). It is computed as it stands from here on.</source>
        <translation>编译后的网络出错（{reason}）。此后按原样计算。</translation>
    </message>
    <message>
        <source>Before the first step: the loss is {loss}, a guess has {expected}</source>
        <translation>第一步之前：损失为 {loss}，随机猜测的损失为 {expected}</translation>
    </message>
    <message>
        <source>The loss of the first batch is {loss}, and a guess has {expected}: the network starts far off. Standardise the inputs and targets, or look at the initial values and for layers that make numbers large.</source>
        <translation>第一批的损失为 {loss}，而随机猜测的损失为 {expected}：网络的起点偏差很大。请对输入和目标做标准化，或检查初始值，以及会把数值变大的层。</translation>
    </message>
    <message>
        <source>One batch is learned by heart: its loss fell from {first} to {last} in {steps} steps.</source>
        <translation>一批数据已能背下来：{steps} 步内损失从 {first} 降到 {last}。</translation>
    </message>
    <message>
        <source>One batch is not learned by heart: its loss went from {first} to {last} in {steps} steps. Look at the learning rate, the loss, and whether targets belong to their inputs.</source>
        <translation>一批数据背不下来：{steps} 步内损失从 {first} 变为 {last}。请检查学习率、损失函数，以及目标是否与输入对应。</translation>
    </message>
    <message>
        <source>Larger batches were not tried.</source>
        <translation>没有尝试更大的批。</translation>
    </message>
    <message>
        <source>There are no larger batches of this data.</source>
        <translation>这份数据没有更大的批了。</translation>
    </message>
    <message>
        <source>A batch of {size} would take {needed} of memory, and {free} are free.</source>
        <translation>批大小为 {size} 时需要 {needed} 内存，而可用的只有 {free}。</translation>
    </message>
    <message>
        <source>The memory is not enough for batches of {size}.</source>
        <translation>内存不足以容纳大小为 {size} 的批。</translation>
    </message>
    <message>
        <source>Larger batches learn no faster.</source>
        <translation>更大的批并不会学得更快。</translation>
    </message>
    <message>
        <source>try to learn one batch by heart, and train nothing else</source>
        <translation>试着把一批数据背下来，不做别的训练</translation>
    </message>
    <message>
        <source>look for a good learning rate, and train nothing else</source>
        <translation>寻找合适的学习率，不做别的训练</translation>
    </message>
    <message>
        <source>look for a fast batch size, and train nothing else</source>
        <translation>寻找较快的批大小，不做别的训练</translation>
    </message>
    <message>
        <source>One trial at a time: choose one of them.</source>
        <translation>一次只能试一项：请选其中之一。</translation>
    </message>
    <message>
        <source>A trial keeps no run: leave out --run-dir and --resume.</source>
        <translation>试验不保存运行：请去掉 --run-dir 和 --resume。</translation>
    </message>
    <message>
        <source>No learning rate made the loss fall.</source>
        <translation>没有哪个学习率能让损失下降。</translation>
    </message>
    <message>
        <source>A good learning rate: {rate}</source>
        <translation>合适的学习率：{rate}</translation>
    </message>
    <message>
        <source>Not even the smallest batch could be tried.</source>
        <translation>连最小的批也无法尝试。</translation>
    </message>
    <message>
        <source>A fast batch size: {size}</source>
        <translation>较快的批大小：{size}</translation>
    </message>
    <message>
        <source>Processes that read ahead, where the data stays on the disk; 0 reads in the training itself.</source>
        <translation>数据留在磁盘上时，预先读取的进程数；0 表示由训练自己读取。</translation>
    </message>
    <message>
        <source>Reading processes</source>
        <translation>读取进程</translation>
    </message>
    <message>
        <source>Data: {size} stay on the disk, because the memory cannot hold them; read {count:ahead by one process|ahead by {count} processes}</source>
        <translation>数据：{size} 留在磁盘上，因为内存装不下；由 {count} 个进程预先读取</translation>
    </message>
    <message>
        <source>Data: {size} stay on the disk, because the memory cannot hold them; read batch by batch</source>
        <translation>数据：{size} 留在磁盘上，因为内存装不下；逐批读取</translation>
    </message>
    <message>
        <source>{reason} The training rests until it is there again.</source>
        <translation>{reason}训练暂停，等数据恢复。</translation>
    </message>
    <message>
        <source>A process that reads the data was ended, by the system or by someone else. The run can be resumed; with fewer such processes it takes less memory.</source>
        <translation>一个读取数据的进程被系统或他人结束了。可以继续这次运行；减少读取进程可以少占内存。</translation>
    </message>
    <message>
        <source>Processes: {count}, each with its share of every batch of {size}</source>
        <translation>进程：{count} 个，各自处理每批 {size} 个样本中的一份</translation>
    </message>
    <message>
        <source>Gradients: averaged while they are computed (DistributedDataParallel)</source>
        <translation>梯度：边计算边求平均（DistributedDataParallel）</translation>
    </message>
    <message>
        <source>Gradients: averaged after each network has learned</source>
        <translation>梯度：每个网络学习之后求平均</translation>
    </message>
    <message>
        <source>What normalises over the batch does so over the share of each process.</source>
        <translation>按批归一化的层在各进程自己的那一份内归一化。</translation>
    </message>
    <message>
        <source>L-BFGS looks at a batch several times, which several processes cannot do together.</source>
        <translation>L-BFGS 会多次查看同一批，多个进程无法一起这样做。</translation>
    </message>
    <message>
        <source>List where networks can be trained here.</source>
        <translation>列出这里可以训练网络的设备。</translation>
    </message>
    <message>
        <source>{free} of {total} free</source>
        <translation>可用 {free} / 共 {total}</translation>
    </message>
    <message>
        <source>{share} busy</source>
        <translation>占用 {share}</translation>
    </message>
    <message>
        <source>What several processes share: the samples (ddp), or the weights too, which takes less memory (fsdp).</source>
        <translation>多个进程分担什么：只分样本（ddp），或连权重也分，更省内存（fsdp）。</translation>
    </message>
    <message>
        <source>Several processes</source>
        <translation>多进程</translation>
    </message>
    <message>
        <source>ddp</source>
        <translation>ddp</translation>
    </message>
    <message>
        <source>fsdp</source>
        <translation>fsdp</translation>
    </message>
    <message>
        <source>Weights: each process holds a part of them (FSDP2)</source>
        <translation>权重：每个进程持有其中一部分（FSDP2）</translation>
    </message>
    <message>
        <source>SparseAdam gets gradients of a few rows of a table only, which cannot be clipped. Switch gradient clipping off, or choose Adam.</source>
        <translation>SparseAdam 只得到表中少数几行的梯度，这样的梯度无法裁剪。请关闭梯度裁剪，或选择 Adam。</translation>
    </message>
</context>
</TS>
