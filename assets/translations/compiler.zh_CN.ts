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
    <message>
        <source>There is no network here. Expected a class of nn.Module with a forward.</source>
        <translation>这里没有网络。应当有一个继承 nn.Module 并带有 forward 的类。</translation>
    </message>
    <message>
        <source>The network is called “{name}”, so its class is “{wanted}”. Rename it at its tab.</source>
        <translation>网络名为“{name}”，所以它的类名是“{wanted}”。要改名，请在它的标签页上改。</translation>
    </message>
    <message>
        <source>What shape “{name}” has is not told. Write it under Inputs: in the docstring of the class, such as {name}: B × 3 × 32 × 32 (float32).</source>
        <translation>没有写明“{name}”的形状。请在类的文档字符串的 Inputs: 下写出，例如 {name}: B × 3 × 32 × 32 (float32)。</translation>
    </message>
    <message>
        <source>“{name}” is no nn.Module, so it is not read.</source>
        <translation>“{name}”不是 nn.Module，因此不读取。</translation>
    </message>
    <message>
        <source>“{name}” is a layer of Netwright's own, and this copy of it was changed, which is not read. Put it back as it was, or give the class another name.</source>
        <translation>“{name}”是 Netwright 自带的层，这份副本被改动过，改动不会被读取。请把它改回原样，或给这个类换个名字。</translation>
    </message>
    <message>
        <source>“{name}” is not read: only __init__ and forward are drawn.</source>
        <translation>“{name}”不会被读取：只有 __init__ 和 forward 会画到画布上。</translation>
    </message>
    <message>
        <source>“{name}” has no forward, so nothing of it is drawn.</source>
        <translation>“{name}”没有 forward，因此画不出任何内容。</translation>
    </message>
    <message>
        <source>“{name}” takes any arguments, which a composite cannot. Name each of them.</source>
        <translation>“{name}”接收任意参数，组合模块做不到。请逐个写出参数名。</translation>
    </message>
    <message>
        <source>“{text}” does something to the module, which a drawing cannot hold. Take it out.</source>
        <translation>“{text}”会改动模块本身，画布无法表示。请删去这一行。</translation>
    </message>
    <message>
        <source>“{text}” is not read. Expected self.&lt;layer&gt;.requires_grad_(False) after the layer is made.</source>
        <translation>“{text}”无法读取。应当在创建该层之后写 self.&lt;层名&gt;.requires_grad_(False)。</translation>
    </message>
    <message>
        <source>“{title}” takes no “{name}”. It takes: {known}.</source>
        <translation>“{title}”没有参数“{name}”。它的参数有：{known}。</translation>
    </message>
    <message>
        <source>Expected a number here, received {value}.</source>
        <translation>这里应当是一个数字，实际是 {value}。</translation>
    </message>
    <message>
        <source>“{title}” needs “{name}”.</source>
        <translation>“{title}”需要参数“{name}”。</translation>
    </message>
    <message>
        <source>Expected range(N) with a number from 1 to {most} here, received {value}.</source>
        <translation>这里应当是 range(N)，N 为 1 到 {most} 的数字，实际是 {value}。</translation>
    </message>
    <message>
        <source>Nothing stands in this sequence. Put layers into it.</source>
        <translation>这个序列是空的。请往里面放入层。</translation>
    </message>
    <message>
        <source>The layers of this sequence depend on an argument of the class. Write them as a class of their own that takes it.</source>
        <translation>这个序列中的层依赖于类的参数。请把它们写成一个单独的类，并接收该参数。</translation>
    </message>
    <message>
        <source>“{name}” takes any tensors. Name each of them.</source>
        <translation>“{name}”接收任意张量。请逐个写出它们的名字。</translation>
    </message>
    <message>
        <source>“{name}” is no layer that Netwright draws. Did you mean “{close}”?</source>
        <translation>“{name}”不是 Netwright 能画出的层。您是否想写“{close}”？</translation>
    </message>
    <message>
        <source>“{name}” is no layer that Netwright draws. Expected a layer of torch.nn that the palette has, or a class of this text.</source>
        <translation>“{name}”不是 Netwright 能画出的层。应当是模块面板中有的 torch.nn 层，或本文中的类。</translation>
    </message>
    <message>
        <source>“{name}” is given no value before this line. Known here: {known}.</source>
        <translation>“{name}”在这一行之前没有赋值。此处已知的名字：{known}。</translation>
    </message>
    <message>
        <source>“self.{name}” is not made in __init__. Made there: {known}.</source>
        <translation>__init__ 中没有创建“self.{name}”。那里创建的有：{known}。</translation>
    </message>
    <message>
        <source>There is no result “{name}”. There are: {known}.</source>
        <translation>没有名为“{name}”的结果。现有：{known}。</translation>
    </message>
    <message>
        <source>“{text}” takes nothing that is there.</source>
        <translation>“{text}”取不到任何内容。请检查下标。</translation>
    </message>
    <message>
        <source>“{text}” is not read. Expected x[:, place] or x[:, from:to], the batch whole.</source>
        <translation>“{text}”无法读取。应当写成 x[:, 位置] 或 x[:, 起点:终点]，并保留整个批。</translation>
    </message>
    <message>
        <source>“{text}” is no operation between tensors that is drawn.</source>
        <translation>“{text}”不是画布上有的张量运算。</translation>
    </message>
    <message>
        <source>This is never reached: forward has returned before.</source>
        <translation>这一行永远执行不到：forward 在前面已经返回。</translation>
    </message>
    <message>
        <source>forward returns nothing. End it with return and a result.</source>
        <translation>forward 没有返回值。请在末尾用 return 返回结果。</translation>
    </message>
    <message>
        <source>forward keeps “self.{name}”, but a drawing keeps nothing between calls. Use a name without self.</source>
        <translation>forward 保存了“self.{name}”，但画布上的网络在两次调用之间不保存任何内容。请使用不带 self 的名字。</translation>
    </message>
    <message>
        <source>Expected the name of an output as a text, such as "y".</source>
        <translation>这里应当是文本形式的输出名，例如 "y"。</translation>
    </message>
    <message>
        <source>“{title}” takes {count} {count:argument|arguments} by place; “{value}” is one more. Give it by its name.</source>
        <translation>“{title}”最多接收 {count} 个位置参数，“{value}”多出来了。请用参数名传入。</translation>
    </message>
    <message>
        <source>“{text}” unpacks arguments that are not known here. Write each of them out.</source>
        <translation>“{text}”展开了此处未知的参数。请逐个写出。</translation>
    </message>
    <message>
        <source>“{text}” does not fit what arrives: {message}</source>
        <translation>“{text}”与到达的数据不符：{message}</translation>
    </message>
    <message>
        <source>a value that is kept</source>
        <translation>一个保存的值</translation>
    </message>
    <message>
        <source>a return</source>
        <translation>一个 return</translation>
    </message>
    <message>
        <source>“{name}” is made twice. Take one of the two out.</source>
        <translation>“{name}”定义了两次，请删去其中一个。</translation>
    </message>
    <message>
        <source>“{name}” brings what is not drawn. Expected class {own}(nn.Module):.</source>
        <translation>“{name}”带来了画不出的内容。应写成 class {own}(nn.Module):。</translation>
    </message>
    <message>
        <source>“@{text}” changes what stands under it, which a drawing cannot hold. Take it out.</source>
        <translation>“@{text}”会改变它下面的内容，图中无法表达。请删去它。</translation>
    </message>
    <message>
        <source>A network takes nothing when it is made, so “{name}” must have a value: {name}=….</source>
        <translation>创建网络时不传任何参数，因此“{name}”必须有值：{name}=…。</translation>
    </message>
    <message>
        <source>“self.{name}” is spread over the batch in one place and used as it is in another. Use it in one way.</source>
        <translation>“self.{name}”在一处按批展开，在另一处又原样使用。请只用一种方式。</translation>
    </message>
    <message>
        <source>“{text}” is not read. Expected self.{name}.expand(x.shape[0], -1, …) of a tensor whose first size is 1, and the tensor used nowhere else.</source>
        <translation>读不懂“{text}”。应写成 self.{name}.expand(x.shape[0], -1, …)，张量的第一个尺寸为 1，且不在别处使用。</translation>
    </message>
    <message>
        <source>Give each of the pieces a name first: a, b = …</source>
        <translation>请先给每一块起名：a, b = …</translation>
    </message>
    <message>
        <source>“{text}” is not read. Expected nn.Parameter(…) around torch.zeros, torch.ones, torch.full, torch.rand or torch.randn of plain sizes, such as nn.Parameter(torch.zeros(1, 16)).</source>
        <translation>读不懂“{text}”。nn.Parameter(…) 里应是 torch.zeros、torch.ones、torch.full、torch.rand 或 torch.randn，尺寸为普通数字，例如 nn.Parameter(torch.zeros(1, 16))。</translation>
    </message>
    <message>
        <source>This size is known only once something arrives. Write the number itself, or -1 for one of them.</source>
        <translation>这个尺寸要等数据到达才知道。请直接写数字，或将其中一个写成 -1。</translation>
    </message>
    <message>
        <source>Expected an equation as a text, and one to three tensors behind it.</source>
        <translation>应先给出文本形式的等式，后面跟一到三个张量。</translation>
    </message>
    <message>
        <source>Where the smallest number stands is not drawn.</source>
        <translation>最小值所在的位置画不出来。</translation>
    </message>
    <message>
        <source>“{name}” gives whole numbers, which the block One-hot does not. Write {name}(…).float().</source>
        <translation>“{name}”给出整数，而独热模块不是。请写成 {name}(…).float()。</translation>
    </message>
    <message>
        <source>This tensor was changed in place in line {line}, and a drawing changes nothing in place. Make a new tensor there, such as x = x + y.</source>
        <translation>这个张量在第 {line} 行被原地修改，而图中没有原地修改。请在那里生成新的张量，例如 x = x + y。</translation>
    </message>
    <message>
        <source>“{title}” is drawn without “{name}”. It takes: {known}. Take “{name}” out.</source>
        <translation>画布上的“{title}”没有“{name}”。它的参数有：{known}。请去掉“{name}”。</translation>
    </message>
    <message>
        <source>“{title}” needs “{name}”: {expected}. Write it as {name}=….</source>
        <translation>“{title}”需要“{name}”：{expected}。请写成 {name}=…。</translation>
    </message>
    <message>
        <source>“{title}” is always drawn with {name}={value}. Write it so.</source>
        <translation>画布上的“{title}”总是使用 {name}={value}。请照此书写。</translation>
    </message>
    <message>
        <source>The text has {length} letters; at most {limit} are read.</source>
        <translation>文本有 {length} 个字符，最多只能读取 {limit} 个。</translation>
    </message>
    <message>
        <source>This is no Python: {reason}.</source>
        <translation>这不是有效的 Python 代码：{reason}。</translation>
    </message>
    <message>
        <source>The text is nested too deeply or is too large to be the source of a network.</source>
        <translation>文本嵌套过深或过大，不可能是一个网络的源代码。</translation>
    </message>
    <message>
        <source>Import names one by one: what * brings in is not known without running it.</source>
        <translation>请逐个导入名字：不运行代码就无法知道 * 带来了什么。</translation>
    </message>
    <message>
        <source>a choice (if)</source>
        <translation>条件语句（if）</translation>
    </message>
    <message>
        <source>a choice (match)</source>
        <translation>条件语句（match）</translation>
    </message>
    <message>
        <source>a loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>a with block</source>
        <translation>with 语句块</translation>
    </message>
    <message>
        <source>a try block</source>
        <translation>try 语句块</translation>
    </message>
    <message>
        <source>an error that is raised</source>
        <translation>抛出的错误</translation>
    </message>
    <message>
        <source>a check (assert)</source>
        <translation>断言（assert）</translation>
    </message>
    <message>
        <source>a function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>a class</source>
        <translation>类</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>导入语句</translation>
    </message>
    <message>
        <source>a name that is deleted</source>
        <translation>被删除的名字</translation>
    </message>
    <message>
        <source>a global name</source>
        <translation>全局名字</translation>
    </message>
    <message>
        <source>a text with values in it</source>
        <translation>带有变量的文本（f-string）</translation>
    </message>
    <message>
        <source>an unpacked list (*)</source>
        <translation>展开的列表（*）</translation>
    </message>
    <message>
        <source>a comparison</source>
        <translation>比较运算</translation>
    </message>
    <message>
        <source>a choice (and, or)</source>
        <translation>逻辑运算（and、or）</translation>
    </message>
    <message>
        <source>a name given inside an expression</source>
        <translation>表达式内部的赋值</translation>
    </message>
    <message>
        <source>something that is waited for</source>
        <translation>等待（await）</translation>
    </message>
    <message>
        <source>a generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>a dict</source>
        <translation>字典</translation>
    </message>
    <message>
        <source>a set</source>
        <translation>集合</translation>
    </message>
    <message>
        <source>a range of places</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>a call</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>a value that is changed</source>
        <translation>就地修改的值</translation>
    </message>
    <message>
        <source>a place in a list</source>
        <translation>列表下标</translation>
    </message>
    <message>
        <source>Here stands {what}, which a drawing cannot hold. Expected layers that are made and called one after the other.</source>
        <translation>这里是{what}，画布无法表示。应当只有依次创建和调用的层。</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>其他内容</translation>
    </message>
    <message>
        <source>“{name}” is not known here. Write the number itself.</source>
        <translation>此处不认识“{name}”。请直接写出数字。</translation>
    </message>
    <message>
        <source>Several results arrive here ({names}), where one is expected. Unpack them first.</source>
        <translation>这里传入了多个结果（{names}），但只能接收一个。请先把它们拆开。</translation>
    </message>
    <message>
        <source>Expected a tensor here, received {value}.</source>
        <translation>这里应当是一个张量，实际是 {value}。</translation>
    </message>
    <message>
        <source>{count} {count:name|names} for {real} {real:result|results}. Give each one a name.</source>
        <translation>{count} 个名字对应 {real} 个结果。请给每个结果一个名字。</translation>
    </message>
    <message>
        <source>{count} {count:name|names} for one result. Give it one name.</source>
        <translation>{count} 个名字对应一个结果。请只给一个名字。</translation>
    </message>
    <message>
        <source>“{name}” is a list of layers. Go through it: for layer in self.{name}: x = layer(x).</source>
        <translation>“{name}”是层的列表。请遍历它：for layer in self.{name}: x = layer(x)。</translation>
    </message>
    <message>
        <source>“{title}” is called without “{name}”. Take it out.</source>
        <translation>调用“{title}”时没有参数“{name}”。请去掉它。</translation>
    </message>
    <message>
        <source>“{name}” is no function that Netwright draws. Make a layer in __init__ and call it, or use a function of torch that the palette has.</source>
        <translation>“{name}”不是 Netwright 能画出的函数。请在 __init__ 中创建层再调用，或使用模块面板中有的 torch 函数。</translation>
    </message>
    <message>
        <source>“{name}” works while judging too. Write training=self.training.</source>
        <translation>“{name}”在评估时也会起作用。请写上 training=self.training。</translation>
    </message>
    <message>
        <source>Expected {names} together as one tuple here, received {value}.</source>
        <translation>这里应当把 {names} 合成一个元组传入，实际是 {value}。</translation>
    </message>
    <message>
        <source>“{name}” and {count} {count:block|blocks} before it lead to no Output, so they are left out of the network.</source>
        <translation>“{name}”及其前面的 {count} 个模块没有通向任何输出，因此不会进入网络。</translation>
    </message>
    <message>
        <source>“{name}” and {count} {count:block|blocks} that hang together with it lead to no Output, so they are left out of the network.</source>
        <translation>“{name}”及与它相连的 {count} 个模块没有通向任何输出，因此不会进入网络。</translation>
    </message>
    <message>
        <source>Connect “{source}” to “{port}” of “{target}”</source>
        <translation>把“{source}”连接到“{target}”的“{port}”</translation>
    </message>
    <message>
        <source>Nothing reads the Input “{name}”: its data is loaded and not used. Connect it to a block, or remove it.</source>
        <translation>没有模块读取输入“{name}”：它的数据会被加载却用不上。请把它连接到某个模块，或将其删除。</translation>
    </message>
    <message>
        <source>Remove these {count} blocks</source>
        <translation>删除这 {count} 个模块</translation>
    </message>
    <message>
        <source>“{name}” joins tensors, and only one arrives: it passes it on as it is. Pull another wire to it, or take it out.</source>
        <translation>“{name}”用于合并多个张量，但只有一个到达，因此会原样传下去。请再拉一条线过来，或把它移除。</translation>
    </message>
    <message>
        <source>two wires or more</source>
        <translation>至少两条连线</translation>
    </message>
    <message>
        <source>“{name}” stands right behind “{before}”, which is a {title} already. One of them is enough.</source>
        <translation>“{name}”紧跟在“{before}”之后，而后者已经是 {title}。保留一个就够了。</translation>
    </message>
    <message>
        <source>Both inputs of “{name}” come from “{source}”, so it always gives {result}. Connect one of them to another block.</source>
        <translation>“{name}”的两个输入都来自“{source}”，因此结果恒为 {result}。请把其中一个接到别的模块。</translation>
    </message>
    <message>
        <source>Both inputs of “{name}” come from “{source}”, so it changes nothing. Connect one of them to another block.</source>
        <translation>“{name}”的两个输入都来自“{source}”，因此不起任何作用。请把其中一个接到别的模块。</translation>
    </message>
    <message>
        <source>two different tensors</source>
        <translation>两个不同的张量</translation>
    </message>
    <message>
        <source>“{name}” twice</source>
        <translation>两次都是“{name}”</translation>
    </message>
    <message>
        <source>“{name}” works along dimension 0, which is the batch: samples that have nothing to do with each other are mixed.</source>
        <translation>“{name}”沿第 0 维（批次维）计算，会把互不相干的样本混在一起。</translation>
    </message>
    <message>
        <source>a dimension of one sample, such as 1 or -1</source>
        <translation>单个样本内的维度，例如 1 或 -1</translation>
    </message>
    <message>
        <source>“{name}” drops every number while training, so nothing behind it can learn from its input.</source>
        <translation>“{name}”在训练时会丢弃所有数值，它后面的模块无法从输入中学到任何东西。</translation>
    </message>
    <message>
        <source>less than 1</source>
        <translation>小于 1</translation>
    </message>
    <message>
        <source>Only a dimension of size 1 can be taken out, and dimension {dim} of {received} is larger: “{name}” changes nothing.</source>
        <translation>只有大小为 1 的维度才能被去掉，而 {received} 的第 {dim} 维不是 1，因此“{name}”不起任何作用。</translation>
    </message>
    <message>
        <source>a dimension of size 1</source>
        <translation>大小为 1 的维度</translation>
    </message>
    <message>
        <source>{received} looks like a picture of {height} × {width} with its channels last, and this block takes them first. Put a Permute before it, or give the Input the shape {shape}.</source>
        <translation>{received} 看起来是一张 {height} × {width}、通道在最后的图像，而这个模块要求通道在前。请在它前面放一个 Permute，或把输入的形状设为 {shape}。</translation>
    </message>
    <message>
        <source>Insert Permute</source>
        <translation>插入 Permute</translation>
    </message>
    <message>
        <source>Nothing stands between “{source}” and “{target}”: two Linear blocks in a row compute no more than one. Put an activation between them.</source>
        <translation>“{source}”与“{target}”之间没有任何模块：连续两个线性层的作用并不比一个多。请在它们之间加一个激活函数。</translation>
    </message>
    <message>
        <source>an activation between them</source>
        <translation>两者之间有激活函数</translation>
    </message>
    <message>
        <source>Insert ReLU</source>
        <translation>插入 ReLU</translation>
    </message>
    <message>
        <source>“{name}” needs a multiple of {number} in dimension {dim}, and {received} arrives.</source>
        <translation>“{name}”要求第 {dim} 维是 {number} 的倍数，但到达的是 {received}。</translation>
    </message>
    <message>
        <source>a multiple of {number}</source>
        <translation>{number} 的倍数</translation>
    </message>
    <message>
        <source>{received} has {count} {count:dimension|dimensions} behind the batch: the new order must name each of them once, counted from 1. The batch is 0 and stays first, so it is not named.</source>
        <translation>{received} 在批次之后有 {count} 个维度：新的顺序必须把每个维度恰好写一次，从 1 数起。批次是第 0 维，始终在最前，不必写出。</translation>
    </message>
    <message>
        <source>an order of {numbers}</source>
        <translation>{numbers} 的一种排列</translation>
    </message>
    <message>
        <source>There is no place {place}: the places of “{name}” go from {low} to {high}.</source>
        <translation>位置 {place} 不存在：“{name}”的位置范围是 {low} 到 {high}。</translation>
    </message>
    <message>
        <source>“{name}” knows {longest} places, and sequences of {length} arrive.</source>
        <translation>“{name}”只有 {longest} 个位置，而到达的序列长度为 {length}。</translation>
    </message>
    <message>
        <source>The parts have {total} together, and dimension {dim} of {received} has {size}.</source>
        <translation>各部分之和为 {total}，而 {received} 的第 {dim} 维大小为 {size}。</translation>
    </message>
    <message>
        <source>sizes whose sum is {number}</source>
        <translation>总和为 {number} 的若干大小</translation>
    </message>
    <message>
        <source>{size} {size:number|numbers} cannot be cut into {pieces} pieces of equal size: it gives {made}.</source>
        <translation>{size} 个数无法切成 {pieces} 份相同大小的块，只能得到 {made} 份。</translation>
    </message>
    <message>
        <source>{received} has numbers to repeat for a padding of at most {number} at each side.</source>
        <translation>{received} 中可供重复的数值只够在每一侧填充至多 {number}。</translation>
    </message>
    <message>
        <source>“{name}” brings the numbers of each channel to one spread, and {received} has a single number in each: nothing would be left of it. Take it out, or put it before the sizes shrink.</source>
        <translation>“{name}”对每个通道内的数值做归一化，而 {received} 的每个通道只有一个数，归一化后什么也不剩。请移除它，或把它放到尺寸缩小之前。</translation>
    </message>
    <message>
        <source>at least two numbers in each channel</source>
        <translation>每个通道至少有两个数</translation>
    </message>
    <message>
        <source>The last size of {first} is {one}, and {other_tensor} has {other} where it meets it: they must be equal. A Linear before one of them brings it to the size of the other.</source>
        <translation>{first} 的最后一维是 {one}，而 {other_tensor} 与之对应的维度是 {other}：两者必须相等。可在其中一个前面放一个线性层，使大小一致。</translation>
    </message>
    <message>
        <source>Insert a Linear to {count} {count:feature|features}</source>
        <translation>插入输出 {count} 个特征的线性层</translation>
    </message>
    <message>
        <source>{first} and {other} cannot be stacked: all of their sizes must agree.</source>
        <translation>{first} 与 {other} 无法堆叠：所有维度的大小都必须一致。</translation>
    </message>
    <message>
        <source>Rename it to “{name}”</source>
        <translation>重命名为“{name}”</translation>
    </message>
    <message>
        <source>Forget “{parameter}”</source>
        <translation>去掉“{parameter}”</translation>
    </message>
    <message>
        <source>Give “{name}” weights of its own</source>
        <translation>让“{name}”使用自己的权重</translation>
    </message>
    <message>
        <source>Repeat {count} {count:time|times}</source>
        <translation>重复 {count} 次</translation>
    </message>
    <message>
        <source>Unfreeze “{name}”</source>
        <translation>解冻“{name}”</translation>
    </message>
    <message>
        <source>Begin as PyTorch does</source>
        <translation>按 PyTorch 的方式初始化</translation>
    </message>
    <message>
        <source>“{name}” has no {part}, so it does not matter how it would begin.</source>
        <translation>“{name}”没有{part}，因此它的初始化方式不起作用。</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>This version of Netwright does not know the initial values “{type}”. Choose others.</source>
        <translation>此版本的 Netwright 不认识初始化方式“{type}”，请另选一种。</translation>
    </message>
    <message>
        <source>{low} to {high} dimensions</source>
        <translation>{low} 到 {high} 维</translation>
    </message>
    <message>
        <source>{low} dimensions</source>
        <translation>{low} 维</translation>
    </message>
    <message>
        <source>at least {low} dimensions</source>
        <translation>至少 {low} 维</translation>
    </message>
    <message>
        <source>“{title}” needs {needs}, and the {part} of “{name}” has the sizes {sizes}. Choose another way to begin.</source>
        <translation>“{title}”要求{needs}，而“{name}”的{part}尺寸为 {sizes}。请另选一种初始化方式。</translation>
    </message>
    <message>
        <source>The groups must divide the filters: {groups} does not divide {size}.</source>
        <translation>分组数必须能整除卷积核个数：{groups} 不能整除 {size}。</translation>
    </message>
    <message>
        <source>No number can be drawn from {low} to {high} around {middle}. Put the least below the greatest, and the middle between them.</source>
        <translation>无法在 {low} 到 {high} 之间围绕 {middle} 抽取数值。最小值应小于最大值，均值应在两者之间。</translation>
    </message>
    <message>
        <source>more than {number}</source>
        <translation>大于 {number}</translation>
    </message>
    <message>
        <source>“{text}” begins otherwise than another tensor of the layer. All weights of a layer, and all of its biases, begin in one way.</source>
        <translation>“{text}”的初始化方式与该层的另一个张量不同。一个层的全部权重、以及全部偏置，各自只能用同一种方式初始化。</translation>
    </message>
    <message>
        <source>“{text}” is not read. Expected the weight or bias of one layer, such as nn.init.zeros_(self.fc1.bias), and plain numbers.</source>
        <translation>无法读取“{text}”。应为某一层的权重或偏置，例如 nn.init.zeros_(self.fc1.bias)，且参数为普通数字。</translation>
    </message>
    <message>
        <source>“{block}” is code in this project, which may not run yet. Look at it, and trust the project if you trust who wrote it.</source>
        <translation>“{block}”是本项目中的代码，尚不允许运行。请查看代码；如果信任作者，再信任本项目。</translation>
    </message>
    <message>
        <source>Look at the code and trust it…</source>
        <translation>查看代码并信任…</translation>
    </message>
    <message>
        <source>The code of “{name}” may not run: this project is not trusted.</source>
        <translation>“{name}”的代码不允许运行：本项目未受信任。</translation>
    </message>
    <message>
        <source>“{name}” must return {count} {count:tensor|tensors}; it returned {found}.</source>
        <translation>“{name}”应返回 {count} 个张量，实际返回 {found}。</translation>
    </message>
    <message>
        <source>The code of “{name}” did not end within {seconds} seconds; it was stopped at line {line}.</source>
        <translation>“{name}”的代码在 {seconds} 秒内没有结束，已在第 {line} 行停止。</translation>
    </message>
    <message>
        <source>Line {line} of “{name}” asked the program to end, which it may not.</source>
        <translation>“{name}”的第 {line} 行要求退出程序，这是不允许的。</translation>
    </message>
    <message>
        <source>Line {line} of “{name}”: {reason}</source>
        <translation>“{name}”第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>The code of the block “{name}” is not in this project.</source>
        <translation>本项目中没有模块“{name}”的代码。</translation>
    </message>
    <message>
        <source>The code of “{name}” defines “{found}”. Give both one name.</source>
        <translation>“{name}”的代码定义的是“{found}”。请让两者同名。</translation>
    </message>
    <message>
        <source>The name “{name}” in the code of “{block}” is taken: {other} has it. Rename it.</source>
        <translation>“{block}”代码中的名称“{name}”已被 {other} 占用，请改名。</translation>
    </message>
    <message>
        <source>“{line}” in the code of “{block}” gives a name that stands for something else. Import it under another name.</source>
        <translation>“{block}”代码中的“{line}”引入的名称已有别的含义，请用别名导入。</translation>
    </message>
    <message>
        <source>Dimension {dim} of {received} has {size}, which {sizes} do not fill.</source>
        <translation>{received} 的第 {dim} 维大小为 {size}，无法填满 {sizes}。</translation>
    </message>
    <message>
        <source>“{name}” uses the weights of another block, so its own initial values do not matter.</source>
        <translation>“{name}”使用另一个模块的权重，因此它自己的初始值不起作用。</translation>
    </message>
    <message>
        <source>Set “{name}” to {value}</source>
        <translation>将“{name}”设为 {value}</translation>
    </message>
    <message>
        <source>This is the code of the Python block “{name}”. Change it in its own editor: double-click the block.</source>
        <translation>这是 Python 模块“{name}”的代码。请双击该模块，在它自己的编辑器中修改。</translation>
    </message>
    <message>
        <source>Add an Output behind “{name}”</source>
        <translation>在“{name}”之后添加输出</translation>
    </message>
    <message>
        <source>Add an Input before “{name}”</source>
        <translation>在“{name}”之前添加输入</translation>
    </message>
    <message>
        <source>The block “{name}” of the package “{plugin}” failed: {reason}</source>
        <translation>包“{plugin}”的模块“{name}”出错：{reason}</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a length. Take letters and digits, such as T, or 16H for multiples of 16; B is the batch.</source>
        <translation>“{name}”不能作为长度的名称。请用字母和数字，例如 T；16 的倍数可写成 16H；B 表示批次。</translation>
    </message>
    <message>
        <source>{count} {count:size is|sizes are} named, and a sample has {sizes}. Name them in the order of the shape, with - for a size that stays as it is.</source>
        <translation>填写了 {count} 个尺寸的名称，而一个样本有 {sizes} 个尺寸。请按形状的顺序填写，不变的尺寸用 -。</translation>
    </message>
    <message>
        <source>{name} stands for multiples of {times}, and its example {size} is none. Give another size.</source>
        <translation>{name} 表示 {times} 的倍数，而示例 {size} 不是。请换一个尺寸。</translation>
    </message>
    <message>
        <source>The length {name} is {here} here and {there} at another place. One name is one length: give both the same size, or name this one otherwise.</source>
        <translation>长度 {name} 在这里是 {here}，在另一处是 {there}。同一个名称就是同一个长度：请让两处尺寸一致，或给这里换一个名称。</translation>
    </message>
    <message>
        <source>Keep the sizes of “{name}” as they are</source>
        <translation>让“{name}”的尺寸保持固定</translation>
    </message>
    <message>
        <source>“{block}” does not take {received} for every {name}: its own sizes were chosen for one length. Let the Input keep {name} as it is, or take a block that any length suits, such as a mean over it or an adaptive pooling.</source>
        <translation>“{block}”不能对任意的 {name} 接受 {received}：它自身的尺寸是按某一个长度选定的。请让输入的 {name} 固定不变，或换用适合任意长度的模块，例如沿该维求均值或自适应池化。</translation>
    </message>
    <message>
        <source>one fixed size</source>
        <translation>一个固定的尺寸</translation>
    </message>
    <message>
        <source>“{block}” learns weights for each of the sizes that follow {name}, and {name} differs from batch to batch; {received} arrives. Let the Input keep {name} as it is, or take a mean over it before.</source>
        <translation>“{block}”要为随 {name} 变化的每个尺寸学习权重，而 {name} 随批次变化；到达的是 {received}。请让输入的 {name} 固定不变，或先沿它求均值。</translation>
    </message>
    <message>
        <source>“{name}” can repeat only with one output and at least one input.</source>
        <translation>“{name}”只有在恰好一个输出、至少一个输入时才能重复。</translation>
    </message>
    <message>
        <source>“{name}” is {value}, but the parameters of a composite are numbers, yes or no, texts, or several whole numbers. Write the value where it is used.</source>
        <translation>“{name}”是 {value}，但组合模块的参数只能是数字、是或否、文本或几个整数。请把这个值直接写在使用它的地方。</translation>
    </message>
    <message>
        <source>Expected a value here, received {value}.</source>
        <translation>此处应为一个值，收到的是 {value}。</translation>
    </message>
    <message>
        <source>{dims} names one dimension twice: what arrives has {rank}, and -1 is {last}, the last.</source>
        <translation>{dims} 把同一个维度写了两次：到达的张量有 {rank} 个维度，-1 就是最后一维 {last}。</translation>
    </message>
    <message>
        <source>each dimension once</source>
        <translation>每个维度只写一次</translation>
    </message>
    <message>
        <source>The first dimension to join, {start}, stands behind the last, {end}.</source>
        <translation>要合并的起始维 {start} 排在结束维 {end} 之后。</translation>
    </message>
    <message>
        <source>Insert Unsqueeze</source>
        <translation>插入“增加维度”</translation>
    </message>
    <message>
        <source>Insert a {title} to {count} {count:channel|channels}</source>
        <translation>插入输出 {count} 个通道的“{title}”</translation>
    </message>
    <message>
        <source>Insert Resize to {sizes}</source>
        <translation>插入调整到 {sizes} 的“缩放”</translation>
    </message>
    <message>
        <source>Set {parameter} of “{name}” to {value}</source>
        <translation>将“{name}”的{parameter}设为 {value}</translation>
    </message>
    <message>
        <source>“{name}” would halve dimension {dim}, which is the batch and may be of any size.</source>
        <translation>“{name}”会把第 {dim} 维对半分开，而那是批次维，大小并不固定。</translation>
    </message>
    <message>
        <source>“{name}” brings the numbers of each group to one spread, and {groups} groups of {received} have a single number each: nothing would be left of it. Take fewer groups.</source>
        <translation>“{name}”把每组的数值归一化，而 {received} 分成 {groups} 组后每组只有一个数：归一化后什么也不剩。请减少组数。</translation>
    </message>
    <message>
        <source>sizes and parameters that fit each other</source>
        <translation>彼此相符的尺寸与参数</translation>
    </message>
    <message>
        <source>at least {number} in length</source>
        <translation>长度至少为 {number}</translation>
    </message>
    <message>
        <source>at least {number} in depth, height and width</source>
        <translation>深度、高度和宽度至少为 {number}</translation>
    </message>
    <message>
        <source>Nothing is left of the image: a window of {window} with gaps between its places reaches over {span}, which does not fit into {received}. Set a smaller dilation, or add padding.</source>
        <translation>图像所剩为零：大小为 {window} 的窗口因空洞而覆盖 {span}，放不进 {received}。请减小膨胀率，或增加填充。</translation>
    </message>
    <message>
        <source>“{name}” makes {sizes} of {received}, and its padding cuts off all of it. Set less padding.</source>
        <translation>“{name}”由 {received} 得到 {sizes}，而填充把它全部裁掉了。请减小填充。</translation>
    </message>
    <message>
        <source>“{name}” draws {results} places for a window of {window}, for which {received} is too small. Ask for a smaller result.</source>
        <translation>“{name}”要为大小 {window} 的窗口抽取 {results} 个位置，而 {received} 太小。请把结果设得小一些。</translation>
    </message>
    <message>
        <source>A window of {window} does not fit into an image of {sizes}.</source>
        <translation>大小为 {window} 的窗口放不进 {sizes} 的图像。</translation>
    </message>
    <message>
        <source>Each window of {window} holds {number} numbers a channel, and {received} has {count}.</source>
        <translation>每个 {window} 的窗口在每个通道有 {number} 个数，而 {received} 有 {count} 个。</translation>
    </message>
    <message>
        <source>An image of {sizes} is made of {count} {count:window|windows}, and {received} has {windows}.</source>
        <translation>{sizes} 的图像由 {count} 个窗口组成，而 {received} 有 {windows} 个。</translation>
    </message>
    <message>
        <source>“{name}” pairs {first} and {other} place by place: all sizes but the last must agree.</source>
        <translation>“{name}”把 {first} 与 {other} 逐个位置配对：除最后一维外，所有尺寸必须一致。</translation>
    </message>
    <message>
        <source>“{name}” pairs {first} and {other}: all sizes but the last two must agree.</source>
        <translation>“{name}”把 {first} 与 {other} 配对：除最后两维外的所有尺寸必须一致。</translation>
    </message>
    <message>
        <source>{query} asks, and {received} arrives at “{port}”: batch and heads must agree.</source>
        <translation>查询为 {query}，而“{port}”处到达 {received}：批次和头数必须一致。</translation>
    </message>
    <message>
        <source>Each place of the key needs its value: {key} has {count} of them, and {value} has {other}. Let both come from the same sequence.</source>
        <translation>键的每个位置都需要对应的值：{key} 有 {count} 个位置，{value} 有 {other} 个。请让两者来自同一序列。</translation>
    </message>
    <message>
        <source>A mask says yes or no, or adds a number to each fit; whole numbers arrive at “{port}”. Make it with Causal mask or Padding mask.</source>
        <translation>掩码表示是或否，或给每个匹配度加上一个数；而“{port}”处到达的是整数。请用因果掩码或填充掩码生成它。</translation>
    </message>
    <message>
        <source>yes or no (bool), or float32</source>
        <translation>是或否（bool），或 float32</translation>
    </message>
    <message>
        <source>The mask at “{port}” must be {expected}, and {received} arrives.</source>
        <translation>“{port}”处的掩码必须是 {expected}，而到达的是 {received}。</translation>
    </message>
    <message>
        <source>The state that arrives at “{port}” of “{name}” must be {expected}, and {received} arrives. Give both blocks states of one size.</source>
        <translation>到达“{name}”的“{port}”的状态必须是 {expected}，而到达的是 {received}。请让两个模块的状态大小相同。</translation>
    </message>
    <message>
        <source>The places must have as many dimensions as {tensor}, and no size but that of dimension {dim} may be larger; {received} arrives.</source>
        <translation>位置张量的维数必须与 {tensor} 相同，且除第 {dim} 维外的尺寸都不能更大；到达的是 {received}。</translation>
    </message>
    <message>
        <source>at most {sizes}</source>
        <translation>至多 {sizes}</translation>
    </message>
    <message>
        <source>{received} is smaller than the {sizes} that are to be cut out of it. Let the larger image arrive at “x”, or resize it.</source>
        <translation>{received} 比要从中裁出的 {sizes} 还小。请让较大的图像到达“x”，或先调整它的大小。</translation>
    </message>
    <message>
        <source>Each value needs the place where it stood: {first} and {other} must be of one shape, from the same pooling.</source>
        <translation>每个值都需要它原来的位置：{first} 与 {other} 必须形状相同，来自同一个池化。</translation>
    </message>
    <message>
        <source>“{equation}” is no equation for {count} {count:tensor|tensors}. Write a letter for each dimension of each, with commas between them, then -&gt; and letters of these for the result.</source>
        <translation>“{equation}”不是 {count} 个张量的算式。请为每个张量的每一维写一个字母，张量之间用逗号隔开，再写 -&gt; 和结果所含的字母。</translation>
    </message>
    <message>
        <source>such as {example}</source>
        <translation>例如 {example}</translation>
    </message>
    <message>
        <source>“{letters}” names {count} {count:dimension|dimensions}, and {received} arrives at “{port}”.</source>
        <translation>“{letters}”写了 {count} 个维度，而“{port}”处到达 {received}。</translation>
    </message>
    <message>
        <source>The letter {letter} stands for {one} in {first} and for {two} in {other}: it must be one size.</source>
        <translation>字母 {letter} 在 {first} 中代表 {one}，在 {other} 中代表 {two}：它必须是同一个尺寸。</translation>
    </message>
    <message>
        <source>at least {count} {count:dimension|dimensions}</source>
        <translation>至少 {count} 个维度</translation>
    </message>
    <message>
        <source>a size of one sample</source>
        <translation>单个样本的尺寸</translation>
    </message>
    <message>
        <source>a way to an Output</source>
        <translation>通往输出的路径</translation>
    </message>
    <message>
        <source>a block that reads it</source>
        <translation>读取它的模块</translation>
    </message>
    <message>
        <source>a block of the same kind with weights of its own</source>
        <translation>有自己权重的同类模块</translation>
    </message>
    <message>
        <source>“{name}” uses the weights of “{owner}”, which is bypassed and has none. Let “{owner}” take part again.</source>
        <translation>“{name}”使用“{owner}”的权重，而“{owner}”已被绕过，没有权重。请让“{owner}”重新参与。</translation>
    </message>
    <message>
        <source>a block that takes part</source>
        <translation>参与计算的模块</translation>
    </message>
    <message>
        <source>“{name}”, bypassed</source>
        <translation>“{name}”，已绕过</translation>
    </message>
    <message>
        <source>Let “{name}” take part again</source>
        <translation>让“{name}”重新参与</translation>
    </message>
    <message>
        <source>blocks other than itself</source>
        <translation>除自身以外的模块</translation>
    </message>
    <message>
        <source>an Input, blocks and an Output</source>
        <translation>输入、若干模块和输出</translation>
    </message>
    <message>
        <source>a name of its own</source>
        <translation>唯一的名称</translation>
    </message>
    <message>
        <source>wires that lead one way</source>
        <translation>单向的连线</translation>
    </message>
    <message>
        <source>a circle of {count} {count:block|blocks}</source>
        <translation>由 {count} 个模块组成的环</translation>
    </message>
    <message>
        <source>one {title}</source>
        <translation>一个{title}</translation>
    </message>
    <message>
        <source>two in a row</source>
        <translation>连续两个</translation>
    </message>
    <message>
        <source>{count} {count:window|windows}</source>
        <translation>{count} 个窗口</translation>
    </message>
    <message>
        <source>Line {line} of “{name}” asks for the value of a tensor, and there are none while shapes are found. Compute with tensors alone: torch.where instead of if, for example, and no item().</source>
        <translation>“{name}”第 {line} 行要读取张量的数值，而推导形状时还没有数值。请只用张量运算：例如用 torch.where 代替 if，不要用 item()。</translation>
    </message>
    <message>
        <source>Line {line} of “{name}”: a lazy layer has no sizes before data runs through it. Give it its sizes: take nn.Linear for nn.LazyLinear, with what arrives as a parameter of the block.</source>
        <translation>“{name}”第 {line} 行：惰性层在数据经过之前没有尺寸。请给出它的尺寸：用 nn.Linear 代替 nn.LazyLinear，并把到达的尺寸作为该模块的参数。</translation>
    </message>
    <message>
        <source>The code of “{name}” failed: {reason}</source>
        <translation>“{name}”的代码出错：{reason}</translation>
    </message>
    <message>
        <source>Take its sizes from what arrives</source>
        <translation>尺寸改为取自到达的数据</translation>
    </message>
    <message>
        <source>code that you trust</source>
        <translation>您信任的代码</translation>
    </message>
    <message>
        <source>code that nobody looked at</source>
        <translation>尚未查看的代码</translation>
    </message>
    <message>
        <source>code that gives {count} {count:tensor|tensors}</source>
        <translation>返回 {count} 个张量的代码</translation>
    </message>
    <message>
        <source>one output and at least one input</source>
        <translation>一个输出和至少一个输入</translation>
    </message>
    <message>
        <source>{inputs} {inputs:input|inputs}, {outputs} {outputs:output|outputs}</source>
        <translation>{inputs} 个输入，{outputs} 个输出</translation>
    </message>
    <message>
        <source>a name or - for each size, such as T, -</source>
        <translation>每个尺寸一个名称或 -，例如 T, -</translation>
    </message>
    <message>
        <source>a mistake in line {line}</source>
        <translation>第 {line} 行有错误</translation>
    </message>
    <message>
        <source>code that defines “{name}”</source>
        <translation>定义“{name}”的代码</translation>
    </message>
    <message>
        <source>“{part}” is no size of “{name}”. Write each size as a number, or as T=28 where it may differ from batch to batch, such as {name}: B × 3 × 32 × 32.</source>
        <translation>“{part}”不是“{name}”的尺寸。请把每个尺寸写成数字，批次之间可以不同的写成 T=28，例如 {name}: B × 3 × 32 × 32。</translation>
    </message>
    <message>
        <source>“{name}” has {count} sizes behind the batch. A tensor has at most {limit} of them.</source>
        <translation>“{name}”在批次之后有 {count} 个尺寸；一个张量最多有 {limit} 个。</translation>
    </message>
    <message>
        <source>How many pieces “{text}” gives is told only by a parameter of the class. Write chunk({count}, dim=…) for {count} equal pieces.</source>
        <translation>“{text}”给出几块只由类的参数决定。要得到相等的 {count} 块，请写 chunk({count}, dim=…)。</translation>
    </message>
    <message>
        <source>“{text}” does not keep the batch where it is. Expected x.permute(0, …), or x.reshape(x.shape[0], …) with the other sizes behind it.</source>
        <translation>“{text}”没有让批次留在原处。应为 x.permute(0, …)，或 x.reshape(x.shape[0], …)，其后是其他尺寸。</translation>
    </message>
    <message>
        <source>“{text}” is the state of one layer in one direction. Only that of the last layer is drawn, where it reads in one direction. Use the results of all steps instead, such as y[:, -1].</source>
        <translation>“{text}”是某一层在某一个方向上的状态。能画出的只有单向读取时最后一层的状态。请改用所有时间步的结果，例如 y[:, -1]。</translation>
    </message>
    <message>
        <source>This follows from a line that is named already.</source>
        <translation>这是由前面已指出的一行引起的。</translation>
    </message>
    <message>
        <source>“{block}” makes a size of {received} that no formula of {name} says, such as the product of two lengths. Let the Input keep {name} as it is.</source>
        <translation>“{block}”由 {received} 得到的某个尺寸不能用 {name} 的公式表示，例如两个长度的乘积。请让输入的 {name} 固定不变。</translation>
    </message>
    <message>
        <source>Keep {length} of “{name}” as it is</source>
        <translation>让“{name}”的 {length} 保持固定</translation>
    </message>
</context>
</TS>
