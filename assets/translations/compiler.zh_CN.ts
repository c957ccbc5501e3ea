<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>“{name}” stands inside itself. Take it out of itself.</source>
        <translation>“{name}”嵌套在它自身之中，请把它从自身内部移出。</translation>
    </message>
    <message>
        <source>A composite can run from 1 to {most} times in a row, not {repeat}.</source>
        <translation>组合模块可以连续运行 1 到 {most} 次，不能是 {repeat} 次。</translation>
    </message>
    <message>
        <source>Inside “{composite}”, at “{node}”: {message}</source>
        <translation>在“{composite}”内部的“{node}”处：{message}</translation>
    </message>
    <message>
        <source>“{name}” can repeat only with exactly one input and one output.</source>
        <translation>“{name}”只有在恰好一个输入和一个输出时才能重复。</translation>
    </message>
    <message>
        <source>a whole number from 1 to {most}</source>
        <translation>1 到 {most} 的整数</translation>
    </message>
    <message>
        <source>{value}</source>
        <translation>{value}</translation>
    </message>
    <message>
        <source>“{name}” can only use the weights of a block of its own kind that has weights itself.</source>
        <translation>“{name}”只能共享同类模块的权重，并且那个模块要有自己的权重。</translation>
    </message>
    <message>
        <source>“{name}” uses the weights of “{owner}”, but its sizes differ. Make both blocks equal.</source>
        <translation>“{name}”共享“{owner}”的权重，但两者尺寸不同。请把两个模块设成一样。</translation>
    </message>
    <message>
        <source>“{name}” has no port “{port}”. It has: {known}.</source>
        <translation>“{name}”没有端口“{port}”。它有：{known}。</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>删除“{name}”</translation>
    </message>
    <message>
        <source>Remove the wire</source>
        <translation>删除这条连线</translation>
    </message>
    <message>
        <source>{known}</source>
        <translation>{known}</translation>
    </message>
    <message>
        <source>Nothing is drawn yet. Drag an Input from the palette, then blocks, then an Output.</source>
        <translation>画布还是空的。先从模块库拖入一个“输入”，再拖入各层，最后拖入一个“输出”。</translation>
    </message>
    <message>
        <source>These blocks feed each other in a circle: {names}. Data must flow one way: remove one of the wires.</source>
        <translation>这些模块首尾相连成了环：{names}。数据只能单向流动，请删除其中一条连线。</translation>
    </message>
    <message>
        <source>This version of Netwright does not have the block “{type}”. It is kept as it is; open the project with a newer version, or replace the block.</source>
        <translation>此版本的 Netwright 没有模块“{type}”。它会原样保留；请用更新的版本打开项目，或替换该模块。</translation>
    </message>
    <message>
        <source>The network has no {title}. Drag one from the palette and connect it.</source>
        <translation>网络缺少{title}。请从模块库拖入一个并连接。</translation>
    </message>
    <message>
        <source>Nothing arrives at input “{port}” of “{name}”. Pull a wire to it.</source>
        <translation>“{name}”的输入“{port}”没有连线。请拉一条线到它。</translation>
    </message>
    <message>
        <source>{count} wires arrive at input “{port}”, which takes one. Join them with Add or Concat before.</source>
        <translation>有 {count} 条连线接到输入“{port}”，而它只接受一条。请先用 Add 或 Concat 合并。</translation>
    </message>
    <message>
        <source>“{name}” leads to no Output, so it is left out of the network.</source>
        <translation>“{name}”没有通向任何输出，因此不会进入网络。</translation>
    </message>
    <message>
        <source>a block of the palette</source>
        <translation>模块库中的模块</translation>
    </message>
    <message>
        <source>at least one {title}</source>
        <translation>至少一个{title}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Two {title} blocks are named “{name}”. Data is given by these names: rename one.</source>
        <translation>有两个{title}都叫“{name}”。数据按名称送入，请重命名其中一个。</translation>
    </message>
    <message>
        <source>a wire</source>
        <translation>一条连线</translation>
    </message>
    <message>
        <source>one wire</source>
        <translation>一条连线</translation>
    </message>
    <message>
        <source>Remove the wire from “{name}”</source>
        <translation>删除来自“{name}”的连线</translation>
    </message>
    <message>
        <source>{first} (and {count} more {count:problem|problems})</source>
        <translation>{first}（另有 {count} 个问题）</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>B × features</source>
        <translation>B × 特征</translation>
    </message>
    <message>
        <source>B × 2 sizes, such as channels × length or time × features</source>
        <translation>B × 两个尺寸，如 通道 × 长度 或 时间 × 特征</translation>
    </message>
    <message>
        <source>B × channels × height × width</source>
        <translation>B × 通道 × 高 × 宽</translation>
    </message>
    <message>
        <source>B × channels × depth × height × width</source>
        <translation>B × 通道 × 深 × 高 × 宽</translation>
    </message>
    <message>
        <source>{sizes}</source>
        <translation>{sizes}</translation>
    </message>
    <message>
        <source>Set {parameter} to {value}</source>
        <translation>将“{parameter}”设为 {value}</translation>
    </message>
    <message>
        <source>{count} {count:dimension|dimensions}</source>
        <translation>{count} 个维度</translation>
    </message>
    <message>
        <source>This block takes {expected}, but {received} arrives. Insert Flatten or Reshape, or use the block for that many dimensions.</source>
        <translation>此模块需要 {expected}，但到达的是 {received}。请插入 Flatten 或 Reshape，或改用适合该维数的模块。</translation>
    </message>
    <message>
        <source>“{block}” cannot work on {received} with these parameters. Check its sizes.</source>
        <translation>“{block}”用这些参数无法处理 {received}。请检查它的各个尺寸。</translation>
    </message>
    <message>
        <source>{received} holds {count} {count:number|numbers} a sample, which {count:does|do} not fill {shape}.</source>
        <translation>{received} 的每个样本有 {count} 个数，无法填满 {shape}。</translation>
    </message>
    <message>
        <source>Insert Flatten</source>
        <translation>插入 Flatten</translation>
    </message>
    <message>
        <source>A pooling window may be padded by at most half its side: {half} here.</source>
        <translation>池化窗口的填充最多为其边长的一半：这里是 {half}。</translation>
    </message>
    <message>
        <source>Nothing is left of the image: a window of {window} does not fit into {received}. Use fewer or smaller windows before, or add padding.</source>
        <translation>图像已经不剩什么了：{window} 的窗口放不进 {received}。请在前面减少或缩小窗口，或增加填充。</translation>
    </message>
    <message>
        <source>sizes whose product is {number}</source>
        <translation>乘积为 {number} 的尺寸</translation>
    </message>
    <message>
        <source>This block alone would take {memory} GiB of memory. Use smaller sizes.</source>
        <translation>仅这一个模块就要占用 {memory} GiB 内存。请减小尺寸。</translation>
    </message>
    <message>
        <source>“{block}” has no parameter “{name}” to set. It has: {known}.</source>
        <translation>“{block}”没有可设置的参数“{name}”。它有：{known}。</translation>
    </message>
    <message>
        <source>Insert Reshape to {sizes}</source>
        <translation>插入 Reshape，变为 {sizes}</translation>
    </message>
    <message>
        <source>This block reads its size off dimension {dim}, but {received} has no such dimension.</source>
        <translation>此模块从第 {dim} 维读取尺寸，但 {received} 没有这一维。</translation>
    </message>
    <message>
        <source>This block would learn from the size of the batch, which changes; {received} arrives. Keep the batch first and another dimension where the block learns.</source>
        <translation>到达的是 {received}，此模块会依赖批大小来学习，而批大小会变化。请让批维保持在最前，并让模块在其他维度上学习。</translation>
    </message>
    <message>
        <source>There is no dimension {dim}: what arrives has {rank}, counted from 0 (the batch) or back from -1.</source>
        <translation>没有第 {dim} 维：到达的张量有 {rank} 维，从 0（批）数起，或从 -1 倒数。</translation>
    </message>
    <message>
        <source>Tensors that are joined must hold the same kind of numbers.</source>
        <translation>要拼接的张量必须是同一种数值类型。</translation>
    </message>
    <message>
        <source>at most {number}</source>
        <translation>最多 {number}</translation>
    </message>
    <message>
        <source>at least {number} in height and width</source>
        <translation>高和宽至少为 {number}</translation>
    </message>
    <message>
        <source>at most {memory} GiB</source>
        <translation>最多 {memory} GiB</translation>
    </message>
    <message>
        <source>{memory} GiB</source>
        <translation>{memory} GiB</translation>
    </message>
    <message>
        <source>Nothing is left of the tensor: it would be {sizes}.</source>
        <translation>张量已经不剩什么了：它会变成 {sizes}。</translation>
    </message>
    <message>
        <source>This block computes with real numbers, but whole numbers arrive. Put an Embedding before it, or set the Input to float32.</source>
        <translation>此模块对实数进行计算，但到达的是整数。请在它前面放一个 Embedding，或把输入设为 float32。</translation>
    </message>
    <message>
        <source>This block looks numbers up in a table, so it needs whole numbers. Set the Input to int64.</source>
        <translation>此模块按编号查表，因此需要整数。请把输入设为 int64。</translation>
    </message>
    <message>
        <source>a divisor of {number}</source>
        <translation>{number} 的约数</translation>
    </message>
    <message>
        <source>{first} and {other} have different shapes. Torch repeats the smaller one to fit, which is legal but seldom meant.</source>
        <translation>{first} 与 {other} 形状不同。Torch 会重复较小的一方来适配；这样做合法，但往往不是本意。</translation>
    </message>
    <message>
        <source>{first} and {other} cannot be combined number by number. Bring both to one shape, for example with a Linear or a 1 × 1 Conv2d on the shorter way.</source>
        <translation>{first} 与 {other} 无法逐元素运算。请把两者变成同一形状，例如在较短的支路上加一个 Linear 或 1 × 1 的 Conv2d。</translation>
    </message>
    <message>
        <source>{dtype}</source>
        <translation>{dtype}</translation>
    </message>
    <message>
        <source>{first} and {other} cannot be joined along dimension {dim}: all other sizes must agree.</source>
        <translation>{first} 与 {other} 不能沿第 {dim} 维拼接：其他尺寸必须一致。</translation>
    </message>
    <message>
        <source>sizes of at least 1</source>
        <translation>至少为 1 的尺寸</translation>
    </message>
    <message>
        <source>real numbers (float32)</source>
        <translation>实数（float32）</translation>
    </message>
    <message>
        <source>whole numbers (int64)</source>
        <translation>整数（int64）</translation>
    </message>
    <message>
        <source>Insert Embedding</source>
        <translation>插入 Embedding</translation>
    </message>
    <message>
        <source>“{name}” uses the weights of “{owner}”, which leads to no Output. Connect it.</source>
        <translation>“{name}”共享“{owner}”的权重，而后者没有通向任何输出。请把它连上。</translation>
    </message>
</context>
</TS>
