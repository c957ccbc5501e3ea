<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>An expression may have at most {limit} characters; this one has {length}.</source>
        <translation>表达式最多 {limit} 个字符，这里有 {length} 个。</translation>
    </message>
    <message>
        <source>“{text}” is not arithmetic. Write for example 2*d_model or channels // 4.</source>
        <translation>“{text}”不是算术表达式。请写成例如 2*d_model 或 channels // 4。</translation>
    </message>
    <message>
        <source>“{text}” computes with “{name}”, whose value here is {value}: not one number. Write “{name}” alone where such a value is taken, or compute with a number.</source>
        <translation>“{text}”用“{name}”来计算，而它在这里的值为 {value}，不是单个数字。请在接受这种值的地方单独写“{name}”，或改用数字来计算。</translation>
    </message>
    <message>
        <source>“{text}” uses “{name}”, which is not a number here. Known: {known}.</source>
        <translation>“{text}”用到了“{name}”，而它在这里不是数字。可用的有：{known}。</translation>
    </message>
    <message>
        <source>“{text}” gives a number that is too large.</source>
        <translation>“{text}”的结果太大。</translation>
    </message>
    <message>
        <source>“{text}” divides by zero.</source>
        <translation>“{text}”除以了零。</translation>
    </message>
    <message>
        <source>“{text}” has no result: it takes the root of a negative number.</source>
        <translation>“{text}”没有结果：它对负数开了方。</translation>
    </message>
    <message>
        <source>“{name}” is already there. Choose another name.</source>
        <translation>“{name}”已经存在，请换一个名称。</translation>
    </message>
    <message>
        <source>“{name}” is a folder or a device. Choose another name.</source>
        <translation>“{name}”是文件夹或设备，请换一个名称。</translation>
    </message>
    <message>
        <source>“{name}” was written, but the disk did not confirm it: {reason}. Save it again.</source>
        <translation>“{name}”已写入，但磁盘没有确认：{reason}。请再保存一次。</translation>
    </message>
    <message>
        <source>There is no piece of a network on the clipboard. {reason}</source>
        <translation>剪贴板里没有网络片段。{reason}</translation>
    </message>
    <message>
        <source>a name that no other has</source>
        <translation>不与其他重复的名称</translation>
    </message>
    <message>
        <source>the id of a block in this graph</source>
        <translation>此图中某个模块的 id</translation>
    </message>
    <message>
        <source>at least one network</source>
        <translation>至少一个网络</translation>
    </message>
    <message>
        <source>There are {count} blocks; a project has at most {limit}.</source>
        <translation>共有 {count} 个模块；一个项目最多 {limit} 个。</translation>
    </message>
    <message>
        <source>There are {count} wires; a project has at most {limit}.</source>
        <translation>共有 {count} 条连线；一个项目最多 {limit} 条。</translation>
    </message>
    <message>
        <source>an id that no other has</source>
        <translation>不与其他重复的 id</translation>
    </message>
    <message>
        <source>a wire that no other is equal to</source>
        <translation>不与其他相同的连线</translation>
    </message>
    <message>
        <source>the id of a block and the name of its port</source>
        <translation>模块的 id 及其端口的名称</translation>
    </message>
    <message>
        <source>the look of a graph that is in this file</source>
        <translation>此文件中某个图的外观</translation>
    </message>
    <message>
        <source>a wire of this graph, once</source>
        <translation>此图中的连线，且只出现一次</translation>
    </message>
    <message>
        <source>each block once</source>
        <translation>每个模块只出现一次</translation>
    </message>
    <message>
        <source>two numbers</source>
        <translation>两个数字</translation>
    </message>
    <message>
        <source>This version does not know the {role} “{type}”. It knows: {known}.</source>
        <translation>此版本没有{role}“{type}”。已有：{known}。</translation>
    </message>
    <message>
        <source>“{type}” has no parameter “{name}”. It has: {known}.</source>
        <translation>“{type}”没有参数“{name}”。它有：{known}。</translation>
    </message>
    <message>
        <source>There is no {place} “{name}” in this project. It has: {known}.</source>
        <translation>此项目中没有{place}“{name}”。已有：{known}。</translation>
    </message>
    <message>
        <source>A composite cannot contain itself: “{name}”.</source>
        <translation>组合模块不能包含它自己：“{name}”。</translation>
    </message>
    <message>
        <source>A project has at most {limit} blocks.</source>
        <translation>一个项目最多 {limit} 个模块。</translation>
    </message>
    <message>
        <source>A project has at most {limit} wires.</source>
        <translation>一个项目最多 {limit} 条连线。</translation>
    </message>
    <message>
        <source>There is no composite “{name}” in this project.</source>
        <translation>此项目中没有组合模块“{name}”。</translation>
    </message>
    <message>
        <source>Another port is called “{name}”. Choose another name.</source>
        <translation>已有名为“{name}”的端口，请换一个名称。</translation>
    </message>
    <message>
        <source>There is no other block “{id}” whose weights could be used.</source>
        <translation>没有另一个模块“{id}”可以共享权重。</translation>
    </message>
    <message>
        <source>This block is not here any more.</source>
        <translation>这个模块已经不在了。</translation>
    </message>
    <message>
        <source>There is already a network “{name}”. Choose another name.</source>
        <translation>已有网络“{name}”，请换一个名称。</translation>
    </message>
    <message>
        <source>The drawing has changed; this mend does not fit any more.</source>
        <translation>图已经改变，这个修正不再适用。</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>no such field</source>
        <translation>没有这个字段</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>{count} characters</source>
        <translation>{count} 个字符</translation>
    </message>
    <message>
        <source>a short name of letters, digits and _</source>
        <translation>由字母、数字和 _ 组成的短名称</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a number, a text, yes or no, or a list of these</source>
        <translation>数字、文本、是或否，或由它们组成的列表</translation>
    </message>
    <message>
        <source>This project cannot be saved. {reason}</source>
        <translation>无法保存此项目。{reason}</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>With “{name}”, this network stands for {count} blocks; at most {most} can be run. Repeat it, or what is inside it, less often.</source>
        <translation>加上“{name}”，这个网络展开后有 {count} 个模块，最多只能运行 {most} 个。请减少它或其内部模块的重复次数。</translation>
    </message>
    <message>
        <source>at most {count} blocks</source>
        <translation>最多 {count} 个模块</translation>
    </message>
    <message>
        <source>{count} blocks</source>
        <translation>{count} 个模块</translation>
    </message>
    <message>
        <source>This block alone would take {memory} GiB of memory, and this computer has {here} GiB. Use smaller sizes, or train it on a larger machine.</source>
        <translation>仅这一个模块就要占用 {memory} GiB 内存，而这台计算机只有 {here} GiB。请减小尺寸，或在更大的机器上训练。</translation>
    </message>
    <message>
        <source>“{name}”: {reason}</source>
        <translation>“{name}”：{reason}</translation>
    </message>
    <message>
        <source>This is a device or a pipe, not a file.</source>
        <translation>这是设备或管道，不是文件。</translation>
    </message>
    <message>
        <source>Open the version before</source>
        <translation>打开上一个版本</translation>
    </message>
    <message>
        <source>This is a folder, not a file.</source>
        <translation>这是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>You may not read this file.</source>
        <translation>你没有读取此文件的权限。</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>无法读取文件：{reason}。</translation>
    </message>
    <message>
        <source>This is not a file of Netwright: expected the format “{expected}”, received {received}.</source>
        <translation>这不是 Netwright 的文件：格式应为“{expected}”，实际为 {received}。</translation>
    </message>
    <message>
        <source>A newer Netwright wrote this: it is of version {found}, and this one reads up to version {known}. It is left as it is; open it with the newer one.</source>
        <translation>这是由更新的 Netwright 写入的：文件版本为 {found}，而此程序最高只能读取版本 {known}。文件保持原样；请用更新的版本打开。</translation>
    </message>
    <message>
        <source>Your edits are not being kept for recovery. {reason} Save the project soon; everything else works as before.</source>
        <translation>你的修改暂时无法记录以备恢复。{reason}请尽快保存项目；其余一切照常。</translation>
    </message>
    <message>
        <source>Your edits are not being kept for recovery: {reason}. Save the project soon; everything else works as before.</source>
        <translation>你的修改暂时无法记录以备恢复：{reason}。请尽快保存项目；其余一切照常。</translation>
    </message>
    <message>
        <source>This is no recovery journal of this version.</source>
        <translation>这不是此版本的恢复日志。</translation>
    </message>
    <message>
        <source>{where}: expected {expected}, received {received}.</source>
        <translation>{where}：应为{expected}，实际为 {received}。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>空</translation>
    </message>
    <message>
        <source>a number of more than {limit} digits</source>
        <translation>超过 {limit} 位的数字</translation>
    </message>
    <message>
        <source>a list of {count}</source>
        <translation>含 {count} 项的列表</translation>
    </message>
    <message>
        <source>an object of {count} fields</source>
        <translation>含 {count} 个字段的对象</translation>
    </message>
    <message>
        <source>This is no text in UTF-8: byte {position} does not belong there.</source>
        <translation>这不是 UTF-8 文本：第 {position} 个字节不合规。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>The file was cut off: it ends in the middle.</source>
        <translation>文件不完整：在中途就结束了。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: this is not JSON.</source>
        <translation>第 {line} 行第 {column} 列：这不是 JSON。</translation>
    </message>
    <message>
        <source>This is nested too deeply to be a file of Netwright.</source>
        <translation>嵌套层数过深，不可能是 Netwright 的文件。</translation>
    </message>
    <message>
        <source>The file has {size} MB; a file of Netwright has at most {limit} MB.</source>
        <translation>文件有 {size} MB；Netwright 的文件最大 {limit} MB。</translation>
    </message>
    <message>
        <source>The field “{name}” stands twice in one place.</source>
        <translation>字段“{name}”在同一处出现了两次。</translation>
    </message>
    <message>
        <source>The number {number} is too large.</source>
        <translation>数字 {number} 太大。</translation>
    </message>
    <message>
        <source>The number {number} has {count} digits, which is too many.</source>
        <translation>数字 {number} 有 {count} 位，位数过多。</translation>
    </message>
    <message>
        <source>“{text}” is no number that a file can hold.</source>
        <translation>“{text}”不是文件可以保存的数字。</translation>
    </message>
    <message>
        <source>a text of at most {limit} characters</source>
        <translation>最多 {limit} 个字符的文本</translation>
    </message>
    <message>
        <source>a text without broken characters</source>
        <translation>不含损坏字符的文本</translation>
    </message>
    <message>
        <source>a number of at most {limit} digits</source>
        <translation>最多 {limit} 位的数字</translation>
    </message>
    <message>
        <source>a finite number</source>
        <translation>有限的数字</translation>
    </message>
    <message>
        <source>A position is two numbers.</source>
        <translation>位置由两个数字组成。</translation>
    </message>
    <message>
        <source>a graph of this project</source>
        <translation>此项目中的图</translation>
    </message>
    <message>
        <source>a block that fits this graph</source>
        <translation>与此图相符的模块</translation>
    </message>
    <message>
        <source>every block once</source>
        <translation>每个模块各一次</translation>
    </message>
    <message>
        <source>A block cannot feed itself.</source>
        <translation>模块不能连到自己。</translation>
    </message>
    <message>
        <source>“{name}” has no output “{port}”.</source>
        <translation>“{name}”没有输出“{port}”。</translation>
    </message>
    <message>
        <source>“{name}” has no input “{port}”.</source>
        <translation>“{name}”没有输入“{port}”。</translation>
    </message>
    <message>
        <source>This would close a circle: “{target}” already feeds “{source}”. Data must flow one way.</source>
        <translation>这样会形成环路：“{target}”已经通向“{source}”。数据只能单向流动。</translation>
    </message>
    <message>
        <source>The drawing has changed; this does not fit any more.</source>
        <translation>图已经改变，此操作不再适用。</translation>
    </message>
    <message>
        <source>“{name}” needs an input and an output to stand in a wire.</source>
        <translation>“{name}”要插入连线，必须有一个输入和一个输出。</translation>
    </message>
    <message>
        <source>This would close a circle. Data must flow one way.</source>
        <translation>这样会形成环路。数据只能单向流动。</translation>
    </message>
    <message>
        <source>“{name}” cannot be the name of a file here. Choose a shorter, plainer one.</source>
        <translation>“{name}”在这里不能用作文件名。请换一个更短、更简单的名称。</translation>
    </message>
    <message>
        <source>There is no space left in {folder}. Free some space or save somewhere else; nothing on the disk has changed.</source>
        <translation>{folder} 没有剩余空间。请腾出空间或保存到别处；磁盘上的内容没有改变。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written in {folder}: it is read-only. Save somewhere else.</source>
        <translation>无法在 {folder} 中写入“{name}”：只读。请保存到别处。</translation>
    </message>
    <message>
        <source>The folder {folder} is not there. Save somewhere else.</source>
        <translation>文件夹 {folder} 不存在。请保存到别处。</translation>
    </message>
    <message>
        <source>“{name}” could not be written: {reason}. Try again or save somewhere else; nothing on the disk has changed.</source>
        <translation>无法写入“{name}”：{reason}。请重试或保存到别处；磁盘上的内容没有改变。</translation>
    </message>
    <message>
        <source>This version of Netwright does not have this block. It is kept as it is.</source>
        <translation>此版本的 Netwright 没有这个模块。它会原样保留。</translation>
    </message>
    <message>
        <source>There is no template “{name}”. There are: {known}.</source>
        <translation>没有模板“{name}”。已有：{known}。</translation>
    </message>
    <message>
        <source>block</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失函数</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>recipe</source>
        <translation>训练方式</translation>
    </message>
    <message>
        <source>loop</source>
        <translation>训练循环</translation>
    </message>
    <message>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>composite</source>
        <translation>组合模块</translation>
    </message>
    <message>
        <source>A project has at least one network. Add another one first.</source>
        <translation>项目至少要有一个网络。请先添加另一个。</translation>
    </message>
    <message>
        <source>“{name}” is used at {places}. Delete it there first.</source>
        <translation>“{name}”用于 {places}。请先在那里删除它。</translation>
    </message>
    <message>
        <source>This block is no composite of this project.</source>
        <translation>这个模块不是本项目的组合模块。</translation>
    </message>
    <message>
        <source>There is already a composite “{name}”. Choose another name.</source>
        <translation>已有名为“{name}”的组合模块。请换一个名称。</translation>
    </message>
    <message>
        <source>There is no composite “{name}” in the library.</source>
        <translation>库中没有组合模块“{name}”。</translation>
    </message>
    <message>
        <source>Select the blocks that the composite is to be made of. Inputs and outputs stay outside.</source>
        <translation>请选择要构成组合模块的模块。输入和输出留在外面。</translation>
    </message>
    <message>
        <source>“{name}” stands between the selected blocks. Select it too, or fewer blocks.</source>
        <translation>“{name}”位于所选模块之间。请把它也选上，或少选一些。</translation>
    </message>
    <message>
        <source>“{name}” uses the weights of “{owner}”. Select both of them, or neither.</source>
        <translation>“{name}”使用“{owner}”的权重。请两个都选，或都不选。</translation>
    </message>
    <message>
        <source>A parameter of a composite is one of {choices}.</source>
        <translation>组合模块的参数只能是 {choices} 之一。</translation>
    </message>
    <message>
        <source>Another parameter is called “{name}”. Choose another name.</source>
        <translation>另一个参数已名为“{name}”。请换一个名称。</translation>
    </message>
    <message>
        <source>“{name}” cannot be used in arithmetic. A name is letters, digits and _, such as d_model.</source>
        <translation>“{name}”不能用于算术表达式。名称由字母、数字和 _ 组成，例如 d_model。</translation>
    </message>
    <message>
        <source>“{name}” is used at {places}. Put numbers there first.</source>
        <translation>“{name}”用于 {places}。请先在那里填入数字。</translation>
    </message>
    <message>
        <source>“{composite}” offers no parameter “{name}”.</source>
        <translation>“{composite}”没有参数“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” shares its weights with “{other}”. Give it weights of its own first.</source>
        <translation>“{name}”与“{other}”共享权重。请先让它使用自己的权重。</translation>
    </message>
    <message>
        <source>“{name}” is bypassed. Let it compute again first.</source>
        <translation>“{name}”已被旁路。请先恢复它的计算。</translation>
    </message>
    <message>
        <source>A composite needs a name.</source>
        <translation>组合模块需要一个名称。</translation>
    </message>
    <message>
        <source>There is a custom block “{name}” already.</source>
        <translation>已有名为“{name}”的自定义模块。</translation>
    </message>
    <message>
        <source>“{name}” is drawn in this project. Delete its blocks first.</source>
        <translation>“{name}”正在本项目中使用，请先删除它的模块。</translation>
    </message>
    <message>
        <source>at most {limit} custom blocks</source>
        <translation>最多 {limit} 个自定义模块</translation>
    </message>
    <message>
        <source>the code as a list of lines</source>
        <translation>按行列出的代码</translation>
    </message>
    <message>
        <source>This project has a custom block “{name}” with other code. Rename one.</source>
        <translation>本项目已有代码不同的自定义模块“{name}”，请改名其中一个。</translation>
    </message>
    <message>
        <source>custom block</source>
        <translation>自定义模块</translation>
    </message>
    <message>
        <source>“{text}” has no result: “{name}” does not take {value}.</source>
        <translation>“{text}”没有结果：“{name}”不接受 {value}。</translation>
    </message>
    <message>
        <source>“{text}” uses “{name}”, which a formula does not know. Known: {known}.</source>
        <translation>“{text}”用到了“{name}”，公式不认识它。认识的有：{known}。</translation>
    </message>
    <message>
        <source>“{text}” counts in epochs and in steps. Write it with one of the two.</source>
        <translation>“{text}”既按轮又按步计数。请只用其中一种来写。</translation>
    </message>
    <message>
        <source>“{text}” is not a formula. Write for example 0.95 ** epoch or min(1, step / 100).</source>
        <translation>“{text}”不是公式。可以写成例如 0.95 ** epoch 或 min(1, step / 100)。</translation>
    </message>
    <message>
        <source>{numbers}, or “{word}”</source>
        <translation>{numbers}，或“{word}”</translation>
    </message>
    <message>
        <source>“{name}” repeats without an input and one output.</source>
        <translation>“{name}”要重复，但没有输入，或输出不是恰好一个。</translation>
    </message>
    <message>
        <source>“{name}” takes “{parameter}” from what arrives, which is not known here. Connect it, or set “{parameter}”, first.</source>
        <translation>“{name}”的“{parameter}”取自到达的数据，而此处不知道它的大小。请先连接好，或先设置“{parameter}”。</translation>
    </message>
    <message>
        <source>Dimension 0 is the batch, which no block learns from. Take 1, 2 or -1, the last one.</source>
        <translation>第 0 维是批，没有模块会从它学习。请取 1、2，或最后一维 -1。</translation>
    </message>
    <message>
        <source>a dimension such as 1 or -1, without that of the batch</source>
        <translation>一个维度，例如 1 或 -1，不含批维度</translation>
    </message>
    <message>
        <source>This wire is not there any more.</source>
        <translation>这条连线已不存在。</translation>
    </message>
    <message>
        <source>The drawing “{name}” is locked. Unlock it to change something.</source>
        <translation>图“{name}”已锁定。要修改，请先解锁。</translation>
    </message>
</context>
</TS>
