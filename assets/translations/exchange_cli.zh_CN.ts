<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>usage:</source>
        <translation>用法：</translation>
    </message>
    <message>
        <source>arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>show this help</source>
        <translation>显示这段帮助</translation>
    </message>
    <message>
        <source>“{argument}” is not understood. See: {command} --help</source>
        <translation>无法理解“{argument}”。请查看：{command} --help</translation>
    </message>
    <message>
        <source>{argument} is missing. See: {command} --help</source>
        <translation>缺少 {argument}。请查看：{command} --help</translation>
    </message>
    <message>
        <source>{option} needs a value. See: {command} --help</source>
        <translation>{option} 需要一个值。请查看：{command} --help</translation>
    </message>
    <message>
        <source>{reason}. See: {command} --help</source>
        <translation>{reason}。请查看：{command} --help</translation>
    </message>
    <message>
        <source>{option} takes a whole number of at least {low}, not “{text}”.</source>
        <translation>{option} 需要不小于 {low} 的整数，而不是“{text}”。</translation>
    </message>
    <message>
        <source>Opened the template “{name}”</source>
        <translation>已打开模板“{name}”</translation>
    </message>
    <message>
        <source>on the test samples:</source>
        <translation>测试样本上：</translation>
    </message>
    <message>
        <source>{format} is left out: install netwright[onnx] for it</source>
        <translation>跳过 {format}：需要安装 netwright[onnx]</translation>
    </message>
    <message>
        <source>{format}: checked with {count} batches, largest difference {difference}</source>
        <translation>{format}：用 {count} 个批次核对过，最大差异 {difference}</translation>
    </message>
    <message>
        <source>The files are in {folder}</source>
        <translation>文件在 {folder}</translation>
    </message>
    <message>
        <source>List the templates.</source>
        <translation>列出所有模板。</translation>
    </message>
    <message>
        <source>List the blocks that networks are made of.</source>
        <translation>列出可以用来搭建网络的模块。</translation>
    </message>
    <message>
        <source>a project file</source>
        <translation>项目文件</translation>
    </message>
    <message>
        <source>{network}: {parameters} parameters, {multiply_adds} multiply-adds a sample</source>
        <translation>{network}：{parameters} 个参数，每个样本 {multiply_adds} 次乘加运算</translation>
    </message>
    <message>
        <source>{network}: it has errors, so there are no totals</source>
        <translation>{network}：存在错误，因此没有总计</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>expected {expected}, received {received}</source>
        <translation>应为 {expected}，实际为 {received}</translation>
    </message>
    <message>
        <source>to mend it: {fix}</source>
        <translation>修正办法：{fix}</translation>
    </message>
    <message>
        <source>Show the shapes, costs and problems of a project's networks.</source>
        <translation>显示项目中各网络的形状、开销和问题。</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>已中断。</translation>
    </message>
    <message>
        <source>Something unforeseen happened: {reason}. Run it again with --verbose for the details.</source>
        <translation>发生了意料之外的情况：{reason}。加上 --verbose 再运行一次可以看到详情。</translation>
    </message>
    <message>
        <source>--lang takes one of {known}, not “{text}”.</source>
        <translation>--lang 只接受 {known} 之一，而不是“{text}”。</translation>
    </message>
    <message>
        <source>There is no command “{name}”. There are: {known}.</source>
        <translation>没有命令“{name}”。可用的命令有：{known}。</translation>
    </message>
    <message>
        <source>Train the CNN template on the digits and export it.</source>
        <translation>用手写数字训练 CNN 模板并导出。</translation>
    </message>
    <message>
        <source>print JSON and nothing else on standard output</source>
        <translation>标准输出只打印 JSON</translation>
    </message>
    <message>
        <source>language of the texts</source>
        <translation>文字的语言</translation>
    </message>
    <message>
        <source>add the details to errors</source>
        <translation>出错时附上详情</translation>
    </message>
    <message>
        <source>Draw, train and export neural networks. Without a command the window opens.</source>
        <translation>绘制、训练并导出神经网络。不带命令时打开窗口。</translation>
    </message>
    <message>
        <source>Every command takes --json, --lang, --verbose and --trust, and has its own --help.</source>
        <translation>每个命令都接受 --json、--lang、--verbose 和 --trust，并有自己的 --help。</translation>
    </message>
    <message>
        <source>“{setting}” sets nothing. Write PATH=VALUE, such as plan.loop.epochs=3.</source>
        <translation>“{setting}”没有设置任何东西。请写成 路径=值，例如 plan.loop.epochs=3。</translation>
    </message>
    <message>
        <source>There is no {role} “{type}”. There are: {known}.</source>
        <translation>没有名为“{type}”的 {role}。可用的有：{known}。</translation>
    </message>
    <message>
        <source>There is nothing to set at “{path}”. Did you mean {near}? Every path: netwright train FILE --set {all}</source>
        <translation>“{path}”处没有可以设置的东西。是不是想写 {near}？全部路径：netwright train FILE --set {all}</translation>
    </message>
    <message>
        <source>begin as a copy of this template</source>
        <translation>以这个模板的副本开始</translation>
    </message>
    <message>
        <source>the project file to write</source>
        <translation>要写入的项目文件</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
    <message>
        <source>Write a new project file.</source>
        <translation>写一个新的项目文件。</translation>
    </message>
    <message>
        <source>the folder of a run, or a project file</source>
        <translation>一次训练的文件夹，或者项目文件</translation>
    </message>
    <message>
        <source>one of: {formats}</source>
        <translation>以下之一：{formats}</translation>
    </message>
    <message>
        <source>the file or folder to write</source>
        <translation>要写入的文件或文件夹</translation>
    </message>
    <message>
        <source>{bytes} bytes; checked against the network with {count} batches in a fresh process, largest difference {difference}.</source>
        <translation>{bytes} 字节；已在全新的进程里用 {count} 个批次与网络核对，最大差异 {difference}。</translation>
    </message>
    <message>
        <source>Take a network away as files that need no Netwright, and check them.</source>
        <translation>把网络导出成不需要 Netwright 的文件，并加以核对。</translation>
    </message>
    <message>
        <source>write the files into this folder instead of printing them</source>
        <translation>把文件写到这个文件夹，而不是打印出来</translation>
    </message>
    <message>
        <source>Print the networks as Python, or write them.</source>
        <translation>把网络打印成 Python 源代码，或写成文件。</translation>
    </message>
    <message>
        <source>Open the window.</source>
        <translation>打开窗口。</translation>
    </message>
    <message>
        <source>the folder to keep the run in</source>
        <translation>保存这次训练的文件夹</translation>
    </message>
    <message>
        <source>where to compute: auto, cpu, cuda:0, mps, ...</source>
        <translation>在哪里计算：auto、cpu、cuda:0、mps……</translation>
    </message>
    <message>
        <source>number that all randomness starts from</source>
        <translation>所有随机数的种子</translation>
    </message>
    <message>
        <source>set anything of the project, such as plan.loop.batch_size=32; “--set help” lists it all</source>
        <translation>设置项目中的任何一项，例如 plan.loop.batch_size=32；“--set help”列出全部</translation>
    </message>
    <message>
        <source>go on with the run in this folder</source>
        <translation>接着这个文件夹里的训练继续</translation>
    </message>
    <message>
        <source>how often all data is shown</source>
        <translation>全部数据看几轮</translation>
    </message>
    <message>
        <source>end after so many steps</source>
        <translation>走完这么多步就结束</translation>
    </message>
    <message>
        <source>A run is resumed in its own folder: leave out --run-dir or --resume.</source>
        <translation>继续训练时使用它原来的文件夹：请去掉 --run-dir 或 --resume。</translation>
    </message>
    <message>
        <source>Stopping after this step. Press Ctrl-C again to stop at once.</source>
        <translation>这一步结束后停止。再按一次 Ctrl-C 立即停止。</translation>
    </message>
    <message>
        <source>epoch {epoch}/{epochs}</source>
        <translation>第 {epoch}/{epochs} 轮</translation>
    </message>
    <message>
        <source>Training {parameters} parameters on {samples} samples with {device} (seed {seed})</source>
        <translation>用 {device} 在 {samples} 个样本上训练 {parameters} 个参数（种子 {seed}）</translation>
    </message>
    <message>
        <source>{speed} samples/s</source>
        <translation>{speed} 样本/秒</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>best epoch {epoch}</source>
        <translation>最好的一轮：第 {epoch} 轮</translation>
    </message>
    <message>
        <source>The run is in {folder}</source>
        <translation>这次训练保存在 {folder}</translation>
    </message>
    <message>
        <source>Train a project without a screen.</source>
        <translation>不用屏幕训练一个项目。</translation>
    </message>
    <message>
        <source>the folder of a run</source>
        <translation>一次训练的文件夹</translation>
    </message>
    <message>
        <source>Judge a run's best weights by the test samples.</source>
        <translation>用测试样本评估一次训练的最好权重。</translation>
    </message>
    <message>
        <source>No runs yet. Train with: netwright train {file}</source>
        <translation>还没有训练记录。开始训练：netwright train {file}</translation>
    </message>
    <message>
        <source>List the runs of a project.</source>
        <translation>列出项目的训练记录。</translation>
    </message>
    <message>
        <source>Error: {reason}</source>
        <translation>错误：{reason}</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made: {reason}.</source>
        <translation>无法创建文件夹 {folder}：{reason}。</translation>
    </message>
    <message>
        <source>There is no format “{name}”. There are: {known}.</source>
        <translation>没有格式“{name}”。可用的格式有：{known}。</translation>
    </message>
    <message>
        <source>Preparing the network</source>
        <translation>正在准备网络</translation>
    </message>
    <message>
        <source>Making {format}</source>
        <translation>正在生成 {format}</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Checking the files in a fresh process</source>
        <translation>正在全新的进程里核对文件</translation>
    </message>
    <message>
        <source>{format} needs {libraries}. Install them with: pip install netwright[{extra}]</source>
        <translation>{format} 需要 {libraries}。安装方法：pip install netwright[{extra}]</translation>
    </message>
    <message>
        <source>“{name}” is already there and is no exported model. Choose another name.</source>
        <translation>“{name}”已经存在，而且不是导出的模型。请换一个名字。</translation>
    </message>
    <message>
        <source>Weights come from a run or from a model, not from both.</source>
        <translation>权重要么来自一次训练，要么来自一个模型，不能两者都给。</translation>
    </message>
    <message>
        <source>The run did not train the network “{network}”. It trained: {known}.</source>
        <translation>这次训练没有训练网络“{network}”。它训练的是：{known}。</translation>
    </message>
    <message>
        <source>The run ended before its first epoch was done, so its last weights are taken.</source>
        <translation>这次训练在第一轮结束之前就停了，因此取它最后的权重。</translation>
    </message>
    <message>
        <source>The run in {folder} has kept no weights yet. Train it longer.</source>
        <translation>{folder} 里的训练还没有保存过权重。请再训练一会儿。</translation>
    </message>
    <message>
        <source>Class names and preprocessing are left out, because the data cannot be read: {reason}</source>
        <translation>数据无法读取，因此略去了类别名称和预处理：{reason}</translation>
    </message>
    <message>
        <source>ONNX (.onnx)</source>
        <translation>ONNX（.onnx）</translation>
    </message>
    <message>
        <source>Runs in ONNX Runtime and on many devices, without PyTorch, for any batch size.</source>
        <translation>不需要 PyTorch，可在 ONNX Runtime 和许多设备上运行，批大小任意。</translation>
    </message>
    <message>
        <source>The weights take {size} MB, and an .onnx file holds 2000. Export .safetensors.</source>
        <translation>权重有 {size} MB，而一个 .onnx 文件最多容纳 2000 MB。请导出 .safetensors。</translation>
    </message>
    <message>
        <source>PyTorch weights (.pt)</source>
        <translation>PyTorch 权重（.pt）</translation>
    </message>
    <message>
        <source>Weights, class names and preprocessing as plain types; loads with weights_only=True.</source>
        <translation>权重、类别名称和预处理，只用基本类型；可用 weights_only=True 读取。</translation>
    </message>
    <message>
        <source>PyTorch program (.pt2)</source>
        <translation>PyTorch 程序（.pt2）</translation>
    </message>
    <message>
        <source>The whole program of torch.export with its weights, for any batch size.</source>
        <translation>torch.export 的完整程序和权重，批大小任意。</translation>
    </message>
    <message>
        <source>Python source with its training script</source>
        <translation>Python 源代码和训练脚本</translation>
    </message>
    <message>
        <source>A readable module of plain PyTorch, its weights, and a script that trains it again.</source>
        <translation>可读的纯 PyTorch 模块、它的权重，以及能重新训练它的脚本。</translation>
    </message>
    <message>
        <source>Weights (.safetensors)</source>
        <translation>权重（.safetensors）</translation>
    </message>
    <message>
        <source>Weights with the graph, class names and preprocessing beside them; read by every framework.</source>
        <translation>权重，附带网络图、类别名称和预处理；各种框架都能读取。</translation>
    </message>
    <message>
        <source>The exported file cannot be opened and run by others, so it was not kept: {reason}</source>
        <translation>导出的文件别人无法打开运行，因此没有保留：{reason}</translation>
    </message>
    <message>
        <source>The exported model differs from the network: for a batch of {batch}, output “{output}” is {received} instead of {expected}. Nothing was kept.</source>
        <translation>导出的模型与网络不一致：批大小为 {batch} 时，输出“{output}”是 {received}，而不是 {expected}。没有保留任何文件。</translation>
    </message>
    <message>
        <source>The exported model differs from the network: output “{output}” is off by {difference} for input “{input}” and a batch of {batch}. Nothing was kept.</source>
        <translation>导出的模型与网络不一致：输入为“{input}”、批大小为 {batch} 时，输出“{output}”相差 {difference}。没有保留任何文件。</translation>
    </message>
    <message>
        <source>It did not end within {seconds} seconds.</source>
        <translation>它在 {seconds} 秒内没有结束。</translation>
    </message>
    <message>
        <source>The weights in “{file}” are of another network (received ≠ expected): {differences}.</source>
        <translation>“{file}”中的权重属于另一个网络（实际 ≠ 应为）：{differences}。</translation>
    </message>
    <message>
        <source>There is no file “{file}”.</source>
        <translation>没有文件“{file}”。</translation>
    </message>
    <message>
        <source>“{file}” was damaged since it was written: its checksum is another one. Get it again; nothing of it was used.</source>
        <translation>“{file}”写好之后损坏了：校验和不一致。请重新获取；其中的内容都没有使用。</translation>
    </message>
    <message>
        <source>“{file}” is damaged or holds no weights; nothing of it was used.</source>
        <translation>“{file}”已损坏或者不含权重；其中的内容都没有使用。</translation>
    </message>
    <message>
        <source>“{file}” is damaged, or holds more than plain numbers and could run a program; nothing of it was used. Ask for a .safetensors file.</source>
        <translation>“{file}”已损坏，或者含有数字以外、可能运行程序的内容；其中的内容都没有使用。请索取 .safetensors 文件。</translation>
    </message>
    <message>
        <source>“{file}” holds no weights by name.</source>
        <translation>“{file}”里没有按名称存放的权重。</translation>
    </message>
    <message>
        <source>{format} cannot hold this network: {reason}</source>
        <translation>{format} 无法容纳这个网络：{reason}</translation>
    </message>
    <message>
        <source>The checkpoint is kept, and --resume goes on with it: {folder}</source>
        <translation>检查点已保存，可以用 --resume 继续：{folder}</translation>
    </message>
    <message>
        <source>There is no checkpoint yet: --resume begins again at the first step.</source>
        <translation>还没有检查点：--resume 会从第一步重新开始。</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许这样操作</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统是只读的</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名太长</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>符号链接层数过多</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>读写出错</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>设备或资源正忙</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>{option} takes no value. See: {command} --help</source>
        <translation>{option} 不接受值。请查看：{command} --help</translation>
    </message>
    <message>
        <source>The output cannot be written: {reason}.</source>
        <translation>无法写出结果：{reason}。</translation>
    </message>
    <message>
        <source>Say what to do: netwright COMMAND. See: netwright --help</source>
        <translation>请说明要做什么：netwright COMMAND。请查看：netwright --help</translation>
    </message>
    <message>
        <source>write over a file that is there; it is kept beside as NAME~</source>
        <translation>覆盖已有的文件；原文件保留为 NAME~</translation>
    </message>
    <message>
        <source>“{file}” is already there. Choose another name, or write over it with --force.</source>
        <translation>“{file}”已经存在。请换一个名字，或者加上 --force 覆盖它。</translation>
    </message>
    <message>
        <source>“{file}” is the project itself. Choose another name.</source>
        <translation>“{file}”就是项目文件本身。请换一个名字。</translation>
    </message>
    <message>
        <source>No folder takes temporary files: there is no space left. Free some space.</source>
        <translation>没有可以存放临时文件的文件夹：空间不足。请腾出一些空间。</translation>
    </message>
    <message>
        <source>“{name}” holds “{file}”, which no export made. Choose another name.</source>
        <translation>“{name}”里有“{file}”，它不是导出产生的。请换一个名字。</translation>
    </message>
    <message>
        <source>training plan</source>
        <translation>训练方案</translation>
    </message>
    <message>
        <source>Step limit reached</source>
        <translation>已达步数上限</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>A run goes on with the seed that it began with: leave out --seed.</source>
        <translation>继续训练时沿用它开始时的随机种子：请去掉 --seed。</translation>
    </message>
    <message>
        <source>“{file}” is no folder, so no run can be kept in it.</source>
        <translation>“{file}”不是文件夹，无法在里面保存训练。</translation>
    </message>
    <message>
        <source>The run in {folder} is still going on (process {pid}). Stop it first.</source>
        <translation>{folder} 里的训练还在进行（进程 {pid}）。请先停止它。</translation>
    </message>
    <message>
        <source>No run can be kept in {folder}: {reason}. Choose another folder.</source>
        <translation>无法在 {folder} 中保存训练：{reason}。请换一个文件夹。</translation>
    </message>
    <message>
        <source>Nobody reads the output any more, so the training was stopped.</source>
        <translation>输出已无人读取，因此停止了训练。</translation>
    </message>
    <message>
        <source>What was learned could not be kept in {folder}.</source>
        <translation>学到的内容无法保存到 {folder}。</translation>
    </message>
    <message>
        <source>--resume goes on with it.</source>
        <translation>可以用 --resume 接着训练。</translation>
    </message>
    <message>
        <source>There is nothing to set at “{path}”. Every path: netwright train FILE --set {all}</source>
        <translation>“{path}”处没有可以设置的东西。全部路径：netwright train FILE --set {all}</translation>
    </message>
    <message>
        <source>No samples were set aside for the test, so those of the validation are judged.</source>
        <translation>没有留出测试样本，因此用验证样本评估。</translation>
    </message>
    <message>
        <source>There is no training script: {reason}</source>
        <translation>没有训练脚本：{reason}</translation>
    </message>
    <message>
        <source>The plan trains another network.</source>
        <translation>训练计划训练的是另一个网络。</translation>
    </message>
    <message>
        <source>“{file}” was there already: what it held is kept as “{backup}”.</source>
        <translation>“{file}”原已存在：原来的内容保存为“{backup}”。</translation>
    </message>
    <message>
        <source>Code in the project did not run. If you know who wrote it, or understand it, add --trust.</source>
        <translation>项目中的代码没有运行。如果你了解作者或看懂代码，请加上 --trust。</translation>
    </message>
    <message>
        <source>let the Python code in the project run, this once</source>
        <translation>允许运行项目中的 Python 代码，仅此一次</translation>
    </message>
    <message>
        <source>the picture to write; its name ends in .svg, .png or .pdf</source>
        <translation>要写入的图片；文件名以 .svg、.png 或 .pdf 结尾</translation>
    </message>
    <message>
        <source>which network; the one that is trained if not given</source>
        <translation>画哪个网络；未指定时为要训练的网络</translation>
    </message>
    <message>
        <source>light on dark</source>
        <translation>深色背景、浅色图形</translation>
    </message>
    <message>
        <source>“{file}” names no kind of picture. Let its name end in .svg, .png or .pdf.</source>
        <translation>“{file}”不是图片文件名。请让文件名以 .svg、.png 或 .pdf 结尾。</translation>
    </message>
    <message>
        <source>There is no network “{name}”. There are: {known}.</source>
        <translation>没有名为“{name}”的网络。现有：{known}。</translation>
    </message>
    <message>
        <source>Draw a network as a picture for a paper.</source>
        <translation>把网络画成可用于论文的图片。</translation>
    </message>
    <message>
        <source>These files take {sizes} alone: {format} could not leave the length open in this network. The Python source and the weights take any.</source>
        <translation>这些文件只接受 {sizes}：{format} 无法在此网络中保持长度可变。Python 源码和权重接受任意长度。</translation>
    </message>
</context>
</TS>
