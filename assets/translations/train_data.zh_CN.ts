<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Reading arrays</source>
        <translation>正在读取数组</translation>
    </message>
    <message>
        <source>Arrays of {file}</source>
        <translation>{file} 中的数组</translation>
    </message>
    <message>
        <source>There is no file {file}. Choose it again.</source>
        <translation>找不到文件 {file}。请重新选择。</translation>
    </message>
    <message>
        <source>The array “{name}” holds Python objects, which could run a program. Save plain numbers or texts: array.astype(float) or array.astype(str).</source>
        <translation>数组“{name}”里是 Python 对象，打开它可能会执行程序。请只保存普通的数字或文本：array.astype(float) 或 array.astype(str)。</translation>
    </message>
    <message>
        <source>The array “{name}” is cut off.</source>
        <translation>数组“{name}”不完整。</translation>
    </message>
    <message>
        <source>All arrays of {file} must have the same number of samples (their first size): {lengths}.</source>
        <translation>{file} 中所有数组的样本数（第一维的大小）必须相同：{lengths}。</translation>
    </message>
    <message>
        <source>The array “{name}” holds {kind}. Expected numbers.</source>
        <translation>数组“{name}”的类型是 {kind}，应为数字。</translation>
    </message>
    <message>
        <source>The array “{name}” has missing or infinite numbers, first in sample {row} ({count} in all). Fill or remove them.</source>
        <translation>数组“{name}”中有缺失值或无穷大，最早出现在第 {row} 个样本（共 {count} 个样本）。请补全或删除它们。</translation>
    </message>
    <message>
        <source>{file} must hold an array “target” and at least one input. It holds: {names}.</source>
        <translation>{file} 必须包含名为“target”的数组和至少一个输入。现有：{names}。</translation>
    </message>
    <message>
        <source>{file} may not be read.</source>
        <translation>没有读取 {file} 的权限。</translation>
    </message>
    <message>
        <source>{file} is not a whole .npz file. Save it again with numpy.savez.</source>
        <translation>{file} 不是完整的 .npz 文件。请用 numpy.savez 重新保存。</translation>
    </message>
    <message>
        <source>The array “{name}” has whole numbers that are too large.</source>
        <translation>数组“{name}”中有过大的整数。</translation>
    </message>
    <message>
        <source>The target has {count} different values: too many for classes. For numbers to predict, save it as float.</source>
        <translation>目标有 {count} 种不同的取值，作为类别太多了。如果要预测的是数值，请保存为浮点数。</translation>
    </message>
    <message>
        <source>{file} holds more than {count} arrays.</source>
        <translation>{file} 中的数组超过 {count} 个。</translation>
    </message>
    <message>
        <source>Reading the digits</source>
        <translation>正在读取手写数字</translation>
    </message>
    <message>
        <source>Digits of scikit-learn</source>
        <translation>scikit-learn 手写数字</translation>
    </message>
    <message>
        <source>Pairs of digits</source>
        <translation>成对的手写数字</translation>
    </message>
    <message>
        <source>{file} could not be downloaded ({reasons}). Check the connection to the internet and try again, or get the file elsewhere and put it into {folder}.</source>
        <translation>无法下载 {file}（{reasons}）。请检查网络连接后重试，或从别处取得该文件并放入 {folder}。</translation>
    </message>
    <message>
        <source>Pictures in {folder}</source>
        <translation>{folder} 中的图片</translation>
    </message>
    <message>
        <source>No folder of pictures is chosen. Choose one in the training plan.</source>
        <translation>还没有选择图片文件夹。请在训练方案中选择一个。</translation>
    </message>
    <message>
        <source>There is no folder {folder}. Was it moved, or is its drive not connected? Choose it again.</source>
        <translation>找不到文件夹 {folder}。它是否被移动，或所在磁盘没有连接？请重新选择。</translation>
    </message>
    <message>
        <source>{folder} holds “{name}”, which is a part of a data set and not a class. Choose the folder “{name}” itself.</source>
        <translation>{folder} 中的“{name}”是数据集的一个部分，而不是类别。请直接选择文件夹“{name}”。</translation>
    </message>
    <message>
        <source>Fewer than two folders in {folder} hold pictures that can be read. {first}</source>
        <translation>{folder} 中含有可读图片的文件夹不足两个。{first}</translation>
    </message>
    <message>
        <source>… and {count} more.</source>
        <translation>……另有 {count} 项。</translation>
    </message>
    <message>
        <source>The folder {folder} may not be read.</source>
        <translation>没有读取文件夹 {folder} 的权限。</translation>
    </message>
    <message>
        <source>Reading pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>The folder “{name}” holds no picture that can be read.</source>
        <translation>文件夹“{name}”中没有可读的图片。</translation>
    </message>
    <message>
        <source>{file}: skipped, {reason}.</source>
        <translation>{file}：已跳过，{reason}。</translation>
    </message>
    <message>
        <source>{file}: {reason}.</source>
        <translation>{file}：{reason}。</translation>
    </message>
    <message>
        <source>There are no samples to learn from.</source>
        <translation>没有可供学习的样本。</translation>
    </message>
    <message>
        <source>There is no data source “{type}”.</source>
        <translation>没有名为“{type}”的数据来源。</translation>
    </message>
    <message>
        <source>There is too little memory for this data. Use fewer or smaller samples.</source>
        <translation>内存不足以容纳这些数据。请减少样本数量或缩小样本。</translation>
    </message>
    <message>
        <source>The data would take {needed} of memory, and {free} are free. Use fewer or smaller samples, or close other programs.</source>
        <translation>这些数据需要 {needed} 内存，而可用内存只有 {free}。请减少样本数量或缩小样本，或者关闭其他程序。</translation>
    </message>
    <message>
        <source>Reading MNIST</source>
        <translation>正在读取 MNIST</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>MNIST is not in {folder}: {files} missing. Switch Download on in the training plan, choose the folder that holds the files, or take the Digits, which need no download.</source>
        <translation>{folder} 中没有完整的 MNIST：缺少 {files}。请在训练方案中打开“下载”，或选择存放这些文件的文件夹，或改用无需下载的手写数字。</translation>
    </message>
    <message>
        <source>{file} has {labels} labels for {images} images. Get the files of MNIST again.</source>
        <translation>{file} 有 {labels} 个标签，却有 {images} 张图片。请重新获取 MNIST 的文件。</translation>
    </message>
    <message>
        <source>Downloading MNIST</source>
        <translation>正在下载 MNIST</translation>
    </message>
    <message>
        <source>it has too many pixels ({size}); at most {limit} million are unpacked</source>
        <translation>像素过多（{size}），最多解开 {limit} 百万像素</translation>
    </message>
    <message>
        <source>it is animated; only its first picture is used</source>
        <translation>这是动画，只使用第一帧</translation>
    </message>
    <message>
        <source>it has printing colours (CMYK); they were converted</source>
        <translation>使用印刷色彩（CMYK），已转换</translation>
    </message>
    <message>
        <source>it has more than 8 bits a colour; it was brought to 8</source>
        <translation>每种颜色超过 8 位，已转为 8 位</translation>
    </message>
    <message>
        <source>the file is larger than {size} MB</source>
        <translation>文件大于 {size} MB</translation>
    </message>
    <message>
        <source>it is not a picture of a known kind</source>
        <translation>不是已知格式的图片</translation>
    </message>
    <message>
        <source>the file is not there any more</source>
        <translation>文件已经不在了</translation>
    </message>
    <message>
        <source>it may not be read</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>there is too little memory to unpack it</source>
        <translation>内存不足，无法解开</translation>
    </message>
    <message>
        <source>it is damaged or cut off</source>
        <translation>已损坏或不完整</translation>
    </message>
    <message>
        <source>Expected a picture: rows of equal length, at least one.</source>
        <translation>应为一张图片：至少一行，且各行长度相同。</translation>
    </message>
    <message>
        <source>Expected {expected} finite {expected:number|numbers}, received {received}.</source>
        <translation>应为 {expected} 个有限的数字，收到 {received} 个。</translation>
    </message>
    <message>
        <source>This network was trained on data of kind “{expected}”, not on “{received}”.</source>
        <translation>这个网络是用“{expected}”类数据训练的，而不是“{received}”。</translation>
    </message>
    <message>
        <source>What is saved about the preparation of the data is incomplete.</source>
        <translation>保存的数据预处理信息不完整。</translation>
    </message>
    <message>
        <source>Sentences about likes and dislikes</source>
        <translation>关于喜好与厌恶的句子</translation>
    </message>
    <message>
        <source>Writing sentences</source>
        <translation>正在生成句子</translation>
    </message>
    <message>
        <source>Validation ({validation}) and test ({test}) together take all samples. Lower them so that their sum is below 1.</source>
        <translation>验证集（{validation}）和测试集（{test}）合起来占用了所有样本。请调低，使两者之和小于 1。</translation>
    </message>
    <message>
        <source>There {count:is|are} only {count} {count:sample|samples}: too few to set some aside for validation and test. Add samples or set both shares to 0.</source>
        <translation>只有 {count} 个样本，不足以留出验证集和测试集。请增加样本，或把两个比例都设为 0。</translation>
    </message>
    <message>
        <source>Reading the table</source>
        <translation>正在读取表格</translation>
    </message>
    <message>
        <source>Wines of three growers</source>
        <translation>三家酒庄的葡萄酒</translation>
    </message>
    <message>
        <source>Diabetes after a year</source>
        <translation>一年后的糖尿病进展</translation>
    </message>
    <message>
        <source>An unexpected fault stopped the training ({reason}). See the details.</source>
        <translation>意外错误使训练中止（{reason}）。请查看详细信息。</translation>
    </message>
    <message>
        <source>The last checkpoint is damaged. The run goes on from the one before it.</source>
        <translation>最近的检查点已损坏，将从上一个检查点继续。</translation>
    </message>
    <message>
        <source>The checkpoint {file} is damaged, so the run cannot be resumed. Start it anew.</source>
        <translation>检查点 {file} 已损坏，无法继续这次运行。请重新开始训练。</translation>
    </message>
    <message>
        <source>{file} was written by a newer version of Netwright. Open it with that version.</source>
        <translation>{file} 是由更新版本的 Netwright 写入的。请用该版本打开。</translation>
    </message>
    <message>
        <source>Pictures lie with their channels last</source>
        <translation>图片按通道在最后的方式存放</translation>
    </message>
    <message>
        <source>Threads: {count} (measured a step, {others})</source>
        <translation>线程数：{count}（实测每步 {others}）</translation>
    </message>
    <message>
        <source>Threads: {count}</source>
        <translation>线程数：{count}</translation>
    </message>
    <message>
        <source>These were measured for this network in an earlier run on this machine.</source>
        <translation>以上是之前在本机运行这个网络时实测得到的。</translation>
    </message>
    <message>
        <source>Pictures lie with their channels last (measured {times} times as fast)</source>
        <translation>图片按通道在最后的方式存放（实测速度为 {times} 倍）</translation>
    </message>
    <message>
        <source>There is no device “{name}” here. This machine has: {known}. Choose one of them, or auto.</source>
        <translation>本机没有设备“{name}”。现有：{known}。请选择其中之一，或选 auto。</translation>
    </message>
    <message>
        <source>There are no samples to judge by. Set some aside for the test in the training plan.</source>
        <translation>没有可用于评估的样本。请在训练方案中留出一部分作为测试集。</translation>
    </message>
    <message>
        <source>This network does not tell classes.</source>
        <translation>这个网络不用于分类。</translation>
    </message>
    <message>
        <source>The memory of {where} is full. Set the batch size from {size} to {smaller} or less and resume the run.</source>
        <translation>{where}的内存已满。请把批大小从 {size} 改为 {smaller} 或更小，然后继续运行。</translation>
    </message>
    <message>
        <source>Lower the learning rate (now {rate}), switch gradient clipping on, or look for extreme numbers in the data. The weights are those from before this step.</source>
        <translation>请降低学习率（当前 {rate}），打开梯度裁剪，或检查数据中是否有极端数值。权重仍是这一步之前的。</translation>
    </message>
    <message>
        <source>the device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>The memory of {where} is not enough for this network, even with one sample a step. Make the network or its input smaller. The run can be resumed.</source>
        <translation>即使每步只用一个样本，{where}的内存也容不下这个网络。请缩小网络或其输入。这次运行可以继续。</translation>
    </message>
    <message>
        <source>The memory of {where} is full ({used} in use). Set the batch size from {size} to {smaller} or less and resume the run.</source>
        <translation>{where}的内存已满（已用 {used}）。请把批大小从 {size} 改为 {smaller} 或更小，然后继续运行。</translation>
    </message>
    <message>
        <source>The loss became {value} in step {step}, though all outputs of the network are finite. {advice}</source>
        <translation>第 {step} 步的损失变成了 {value}，但网络的所有输出都是有限的。{advice}</translation>
    </message>
    <message>
        <source>A part of the training asked the program to end, which it may not. It was stopped.</source>
        <translation>训练中的某个部分要求结束程序，这是不允许的，训练已被停止。</translation>
    </message>
    <message>
        <source>“{node}” could not compute with what reached it ({received}). Check its parameters and what is connected to it.</source>
        <translation>“{node}”无法处理收到的数据（{received}）。请检查它的参数以及与它相连的模块。</translation>
    </message>
    <message>
        <source>The gradient of “{node}” became infinite or not a number in step {step}. {advice}</source>
        <translation>第 {step} 步中“{node}”的梯度变成了无穷大或非数。{advice}</translation>
    </message>
    <message>
        <source>The loss became {value} in step {step}: “{node}” was the first to give numbers that are infinite or NaN. {advice}</source>
        <translation>第 {step} 步的损失变成了 {value}：最先给出无穷大或非数的是“{node}”。{advice}</translation>
    </message>
    <message>
        <source>The data holds numbers that are infinite or NaN (in “{name}”, step {step}). Remove or fill them. No weight was changed in this step.</source>
        <translation>数据中有无穷大或非数（“{name}”，第 {step} 步）。请删除或补全它们。这一步没有改动任何权重。</translation>
    </message>
    <message>
        <source>{loss} expects an output of {expected} for this data ({classes} classes) and received {received}. Set the last layer to {count} {count:feature|features}.</source>
        <translation>对于这份数据（{classes} 个类别），{loss}要求输出为 {expected}，收到的是 {received}。请把最后一层的特征数设为 {count}。</translation>
    </message>
    <message>
        <source>{loss} needs classes, and this data gives numbers to predict. Choose a loss for numbers, such as mean squared error.</source>
        <translation>{loss}需要类别，而这份数据要预测的是数值。请选择用于数值的损失，例如均方误差。</translation>
    </message>
    <message>
        <source>{loss} compares numbers, and this data has {classes} classes. Choose cross entropy as the loss.</source>
        <translation>{loss}比较的是数值，而这份数据有 {classes} 个类别。请选择交叉熵作为损失。</translation>
    </message>
    <message>
        <source>{loss} expects an output of {expected} for this data and received {received}. Flatten before the last layer, or change its size.</source>
        <translation>对于这份数据，{loss}要求输出为 {expected}，收到的是 {received}。请在最后一层之前展平，或改变它的大小。</translation>
    </message>
    <message>
        <source>{loss} expects an output of {expected} for this data and received {received}. Set the last layer to {count} {count:feature|features}.</source>
        <translation>对于这份数据，{loss}要求输出为 {expected}，收到的是 {received}。请把最后一层的特征数设为 {count}。</translation>
    </message>
    <message>
        <source>The network has no weights that can be trained. Add a layer or unfreeze one.</source>
        <translation>网络中没有可训练的权重。请添加一层，或解冻某一层。</translation>
    </message>
    <message>
        <source>The checkpoint was made with another optimizer or schedule, so the run cannot be resumed. Set them as they were, or start a new run.</source>
        <translation>检查点是用另一种优化器或学习率调度产生的，无法继续这次运行。请改回原来的设置，或开始新的运行。</translation>
    </message>
    <message>
        <source>The input “{name}” expects {expected}, and the data gives {received}. Set the shape of the Input block to {sizes}.</source>
        <translation>输入“{name}”要求 {expected}，而数据给出的是 {received}。请把输入模块的形状设为 {sizes}。</translation>
    </message>
    <message>
        <source>The input “{name}” expects whole numbers ({expected}), and the data gives fractions. Set the kind of numbers of the Input block to float32.</source>
        <translation>输入“{name}”要求整数（{expected}），而数据给出的是小数。请把输入模块的数值类型设为 float32。</translation>
    </message>
    <message>
        <source>The data has nothing for the input “{name}”. It gives: {fields}. Name the Input blocks like the fields of the data.</source>
        <translation>数据中没有对应输入“{name}”的内容。数据提供：{fields}。请让输入模块的名称与数据字段一致。</translation>
    </message>
    <message>
        <source>Data: {size} kept in memory, picked by number</source>
        <translation>数据：{size}，常驻内存，按编号取用</translation>
    </message>
    <message>
        <source>The network normalises over the batch, which needs a batch size of at least 2.</source>
        <translation>网络要在一批之内做归一化，批大小至少为 2。</translation>
    </message>
    <message>
        <source>Numbers: bfloat16 in the networks, float32 for weights and losses</source>
        <translation>数值：网络中用 bfloat16，权重和损失用 float32</translation>
    </message>
    <message>
        <source>Data: {size} kept on the device, picked there</source>
        <translation>数据：{size}，常驻设备，在设备上取用</translation>
    </message>
    <message>
        <source>Data: {size} kept in memory and moved batch by batch</source>
        <translation>数据：{size}，常驻内存，逐批送往设备</translation>
    </message>
    <message>
        <source>The plan has no optimizer for “{role}”. Choose one.</source>
        <translation>训练方案中没有“{role}”的优化器。请选择一个。</translation>
    </message>
    <message>
        <source>Numbers: float32, because this device has no bfloat16 of its own and would be slower.</source>
        <translation>数值：float32，因为该设备本身不支持 bfloat16，使用它反而更慢。</translation>
    </message>
    <message>
        <source>Optimizer: fused, all weights in one pass</source>
        <translation>优化器：融合实现，一次更新全部权重</translation>
    </message>
    <message>
        <source>The random state in the checkpoint cannot be used on this machine.</source>
        <translation>检查点中的随机状态无法在本机使用。</translation>
    </message>
    <message>
        <source>The run in {folder} has no weights yet: it ended before its first checkpoint.</source>
        <translation>{folder} 中的运行还没有权重：它在第一个检查点之前就结束了。</translation>
    </message>
    <message>
        <source>There is a run already in {folder}. Choose another folder.</source>
        <translation>{folder} 中已有一次运行。请选择别的文件夹。</translation>
    </message>
    <message>
        <source>This run did not train the network “{name}”.</source>
        <translation>这次运行没有训练网络“{name}”。</translation>
    </message>
    <message>
        <source>There is no run in {folder}.</source>
        <translation>{folder} 中没有运行记录。</translation>
    </message>
    <message>
        <source>The record of the run in {folder} is damaged.</source>
        <translation>{folder} 中的运行记录已损坏。</translation>
    </message>
    <message>
        <source>The run cannot be kept in {folder} ({reason}), so it is kept in {instead}.</source>
        <translation>运行结果无法保存到 {folder}（{reason}），已改存到 {instead}。</translation>
    </message>
    <message>
        <source>No folder for the run can be made in {folder}: {reason}. Choose another folder.</source>
        <translation>无法在 {folder} 中创建运行文件夹：{reason}。请选择别的文件夹。</translation>
    </message>
    <message>
        <source>To train this network would take {needed} of memory, and {free} are free. Use smaller sizes, most of all in “{node}”, or close other programs.</source>
        <translation>训练这个网络需要 {needed} 内存，而可用的只有 {free}。请减小尺寸（尤其是“{node}”），或关闭其他程序。</translation>
    </message>
    <message>
        <source>at most {memory}</source>
        <translation>最多 {memory}</translation>
    </message>
    <message>
        <source>There is too little memory for this network. Use smaller sizes.</source>
        <translation>内存不足以容纳这个网络。请减小尺寸。</translation>
    </message>
    <message>
        <source>The training could not begin: {reason}.</source>
        <translation>训练无法开始：{reason}。</translation>
    </message>
    <message>
        <source>The record of runs {file} cannot be used: {reason}.</source>
        <translation>运行数据库 {file} 无法使用：{reason}。</translation>
    </message>
    <message>
        <source>The network gives {received}. Expected a tensor, or several by name.</source>
        <translation>网络给出的是 {received}，应为一个张量或若干个具名张量。</translation>
    </message>
    <message>
        <source>A loss of the plan compares with the target “{name}”. The data has: {known}.</source>
        <translation>训练方案中的一个损失要与目标“{name}”比较。数据提供：{known}。</translation>
    </message>
    <message>
        <source>The network takes {expected}, and the data gives {received}. Name the Input blocks like the fields of the data.</source>
        <translation>网络需要 {expected}，而数据提供 {received}。请让输入模块的名称与数据字段一致。</translation>
    </message>
    <message>
        <source>The recipe needs a network in the role “{role}”.</source>
        <translation>训练方法需要一个担任“{role}”角色的网络。</translation>
    </message>
    <message>
        <source>The plan has no loss. Choose one.</source>
        <translation>训练方案中没有损失。请选择一个。</translation>
    </message>
    <message>
        <source>A loss of the plan judges the output “{name}”, and the network has one output only. Leave the output of the loss empty.</source>
        <translation>训练方案中的一个损失指定了输出“{name}”，而网络只有一个输出。请把该损失的输出留空。</translation>
    </message>
    <message>
        <source>The network has several outputs: {known}. Choose for each loss which of them it judges.</source>
        <translation>网络有多个输出：{known}。请为每个损失选择它所针对的输出。</translation>
    </message>
    <message>
        <source>A loss of the plan judges the output “{name}”. The network has: {known}.</source>
        <translation>训练方案中的一个损失指定了输出“{name}”。网络现有：{known}。</translation>
    </message>
    <message>
        <source>The weights in {file} are of another network: {count} differ, first {first}. Open the project as it was when the run was made.</source>
        <translation>{file} 中的权重属于另一个网络：有 {count} 处不同，首先是 {first}。请打开运行时的那个项目。</translation>
    </message>
    <message>
        <source>There are no weights at {file}.</source>
        <translation>{file} 处没有权重。</translation>
    </message>
    <message>
        <source>{file} is damaged or holds no weights.</source>
        <translation>{file} 已损坏，或不包含权重。</translation>
    </message>
    <message>
        <source>The run had kept no checkpoint before it ended, so it begins again at its first step.</source>
        <translation>这次运行在结束之前没有保存过检查点，因此从第一步重新开始。</translation>
    </message>
    <message>
        <source>{count} {count:file|files} of the data {count:was|were} skipped or changed.</source>
        <translation>数据中有 {count} 个文件被跳过或更改。</translation>
    </message>
    <message>
        <source>{loss} expects an output of {expected} for this data and received {received}: the batch (B) must stay the first dimension, one row a sample. Check what reshapes or turns the tensor.</source>
        <translation>{loss} 对这份数据要求输出为 {expected}，实际为 {received}：批次（B）必须保持为第一个维度，每个样本一行。请检查改变形状或调换维度的模块。</translation>
    </message>
    <message>
        <source>The data has the label {label} ({count} {count:sample|samples}), and its {classes} classes are numbered from 0 to {last}. Mend the labels.</source>
        <translation>数据中有标签 {label}（{count} 个样本），而 {classes} 个类别的编号是从 0 到 {last}。请改正标签。</translation>
    </message>
    <message>
        <source>Choose {loss} as the loss</source>
        <translation>将损失改为{loss}</translation>
    </message>
    <message>
        <source>“{name}” has room for the numbers 0 to {last}, and the data gives numbers up to {largest}. Make it larger.</source>
        <translation>“{name}”只容得下 0 到 {last} 的编号，而数据中的编号最大为 {largest}。请把它调大。</translation>
    </message>
    <message>
        <source>The input “{name}” leads to “{block}”, which looks whole numbers up, such as tokens; the data gives fractions. Choose data of whole numbers, or take “{block}” out.</source>
        <translation>输入“{name}”通向“{block}”，后者按整数（如词元编号）查表，而数据给出的是小数。请选择整数数据，或去掉“{block}”。</translation>
    </message>
    <message>
        <source>The training plan has changed; this mend does not fit any more.</source>
        <translation>训练方案已经改变，这项修正不再适用。</translation>
    </message>
    <message>
        <source>The last training failed here. {reason}</source>
        <translation>上次训练在这里失败。{reason}</translation>
    </message>
    <message>
        <source>The last training failed. {reason}</source>
        <translation>上次训练失败。{reason}</translation>
    </message>
    <message>
        <source>finite numbers</source>
        <translation>有限的数值</translation>
    </message>
    <message>
        <source>No loss judges the output “{name}”, so nothing learns to make it better. Choose a loss for it, or keep it to look at.</source>
        <translation>没有任何损失评判输出“{name}”，因此不会为它学习。请为它选择损失，或仅保留用于查看。</translation>
    </message>
    <message>
        <source>a loss</source>
        <translation>一个损失</translation>
    </message>
    <message>
        <source>at least one block with weights that are not frozen</source>
        <translation>至少一个权重未冻结的模块</translation>
    </message>
    <message>
        <source>“{name}” drops numbers of the result itself: while training, right answers are turned into wrong ones by chance. Put it before the last layer, or take it out.</source>
        <translation>“{name}”直接丢弃结果中的数值：训练时正确的答案会被随机变成错误的。请把它放到最后一层之前，或将其移除。</translation>
    </message>
    <message>
        <source>{loss} applies a softmax itself, and “{name}” is one before it: with both, the network learns slowly and never grows sure. Take “{name}” out.</source>
        <translation>{loss}自身已包含 softmax，而“{name}”在它之前又做了一次：两次叠加会使网络学得很慢，且始终无法给出确信的结果。请移除“{name}”。</translation>
    </message>
    <message>
        <source>raw scores</source>
        <translation>原始分数</translation>
    </message>
    <message>
        <source>{loss} applies a sigmoid itself, and “{name}” squeezes the scores before it: with both, the network learns slowly and never says no. Take “{name}” out.</source>
        <translation>{loss}自身已包含 sigmoid，而“{name}”在它之前又压缩了分数：两次叠加会使网络学得很慢，且永远无法判断为“否”。请移除“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” stands between the last layer and the loss and cuts the scores off, so the network cannot say what it has learned. Take it out.</source>
        <translation>“{name}”位于最后一层与损失之间，会截断分数，使网络无法表达学到的结果。请移除它。</translation>
    </message>
    <message>
        <source>“{name}” gives whole numbers, which nothing can be learned through: {count} {count:block|blocks} before it, such as “{first}”, will stay as they are.</source>
        <translation>“{name}”给出的是整数，梯度无法穿过它：它之前的 {count} 个模块（例如“{first}”）将不会更新。</translation>
    </message>
    <message>
        <source>“{name}” compares the samples of a batch with each other, and a batch has one sample: it cannot be trained like this. Take larger batches, or a LayerNorm.</source>
        <translation>“{name}”需要在一个批次的样本之间作比较，而现在每批只有一个样本，无法训练。请增大批大小，或改用 LayerNorm。</translation>
    </message>
    <message>
        <source>batches of at least 2</source>
        <translation>批大小至少为 2</translation>
    </message>
    <message>
        <source>A step of {batch} {batch:sample|samples} takes about {needed} GiB of memory, and there are {here} GiB. Take smaller batches, or make the network smaller.</source>
        <translation>一步训练 {batch} 个样本约需 {needed} GiB 内存，而可用的只有 {here} GiB。请减小批大小，或缩小网络。</translation>
    </message>
    <message>
        <source>Muon moves the weight matrices of hidden layers, and this network has none: its last layer does not count, nor do filters. Choose AdamW.</source>
        <translation>Muon 更新隐藏层的权重矩阵，而这个网络没有：最后一层和卷积核不算在内。请选择 AdamW。</translation>
    </message>
    <message>
        <source>SparseAdam moves the tables of embeddings, and this network has none of its own. Choose Adam.</source>
        <translation>SparseAdam 更新嵌入表，而这个网络没有自己的嵌入表。请选择 Adam。</translation>
    </message>
    <message>
        <source>L-BFGS moves all weights at one learning rate, and some blocks have a factor on theirs. Take the factors away, or choose Adam.</source>
        <translation>L-BFGS 以同一个学习率更新所有权重，而有些模块的学习率带有系数。请去掉系数，或选择 Adam。</translation>
    </message>
    <message>
        <source>{loss} takes one class for each sample, and this data has one for each place. Choose cross entropy as the loss.</source>
        <translation>{loss}要求每个样本一个类别，而这份数据每个位置有一个类别。请选择交叉熵作为损失。</translation>
    </message>
    <message>
        <source>{loss} takes yes or no. Choose cross entropy as the loss.</source>
        <translation>{loss}只用于是或否。请选择交叉熵作为损失。</translation>
    </message>
    <message>
        <source>{loss} is for counts of 0 and more, and {count} {count:number|numbers} of the data {count:is|are} below 0. Choose mean squared error as the loss.</source>
        <translation>{loss}用于 0 及以上的计数，而数据中有 {count} 个数小于 0。请选择均方误差作为损失。</translation>
    </message>
    <message>
        <source>L-BFGS left the finite numbers while it looked for its step. Lower the learning rate, choose the line search “strong_wolfe”, or take larger batches. The weights are those from before this step.</source>
        <translation>L-BFGS 在寻找步长时出现了无穷大或非数值。请降低学习率、选择“强 Wolfe 条件”线搜索，或使用更大的批量。权重保持在这一步之前的值。</translation>
    </message>
    <message>
        <source>Optimizer: Muon moves {count} {count:matrix|matrices} of hidden layers, AdamW the other {others} {others:weight|weights}</source>
        <translation>优化器：Muon 更新隐藏层的 {count} 个矩阵，AdamW 更新其余 {others} 个权重</translation>
    </message>
    <message>
        <source>Optimizer: SparseAdam moves {count} {count:table|tables} of embeddings, Adam the other {others} {others:weight|weights}</source>
        <translation>优化器：SparseAdam 更新 {count} 个嵌入表，Adam 更新其余 {others} 个权重</translation>
    </message>
    <message>
        <source>Choose {optimizer} as the optimizer</source>
        <translation>选择 {optimizer} 作为优化器</translation>
    </message>
    <message>
        <source>Mixup mixes numbers with a point, and “{name}” holds whole numbers, such as tokens. Set Mixup to 0.</source>
        <translation>Mixup 只能混合小数，而“{name}”中是整数（如词元）。请把 Mixup 设为 0。</translation>
    </message>
    <message>
        <source>The code of “{name}” went on after the training was stopped; it was ended at line {line}.</source>
        <translation>训练停止后“{name}”的代码仍在运行，已在第 {line} 行终止。</translation>
    </message>
    <message>
        <source>Insert LogSoftmax</source>
        <translation>插入 LogSoftmax</translation>
    </message>
    <message>
        <source>{loss} takes logarithms of chances, as a LogSoftmax gives them, and “{name}” gives others.</source>
        <translation>{loss}需要 LogSoftmax 给出的对数概率，而“{name}”给出的不是。</translation>
    </message>
    <message>
        <source>logarithms of chances</source>
        <translation>对数概率</translation>
    </message>
    <message>
        <source>{loss} takes chances from 0 to 1, as a Sigmoid gives them, and “{name}” gives any numbers.</source>
        <translation>{loss}需要 Sigmoid 给出的 0 到 1 的概率，而“{name}”给出的是任意数值。</translation>
    </message>
    <message>
        <source>Insert Sigmoid</source>
        <translation>插入 Sigmoid</translation>
    </message>
    <message>
        <source>chances from 0 to 1</source>
        <translation>0 到 1 的概率</translation>
    </message>
    <message>
        <source>the learning rate grows beyond every number.</source>
        <translation>学习率增大到超出了一切数值。</translation>
    </message>
    <message>
        <source>“{text}” gives {value}, and no learning rate can be negative. Write max(0, …) around it.</source>
        <translation>“{text}”得到 {value}，而学习率不能是负数。请在外面写上 max(0, …)。</translation>
    </message>
    <message>
        <source>The learning rate after {count} {count:step|steps}: {reason}</source>
        <translation>{count} 步之后的学习率：{reason}</translation>
    </message>
    <message>
        <source>The learning rate after {count} {count:epoch|epochs}: {reason}</source>
        <translation>{count} 轮之后的学习率：{reason}</translation>
    </message>
    <message>
        <source>The data has {lengths}, and behind “{name}” nothing would be left of it: {sizes}. Take smaller windows or strides before, or longer data.</source>
        <translation>数据的 {lengths}，经过“{name}”后将什么都不剩：{sizes}。请在它之前使用更小的窗口或步长，或使用更长的数据。</translation>
    </message>
    <message>
        <source>a block that computes</source>
        <translation>进行计算的模块</translation>
    </message>
    <message>
        <source>{loss} applies a softmax and its logarithm itself, and “{name}” and a logarithm stand before it: a chance that is rounded to 0 becomes infinite there. Take both out, or choose the negative log-likelihood.</source>
        <translation>{loss}自己会做 softmax 再取对数，而“{name}”和取对数又排在它前面：舍入为 0 的概率在那里会变成无穷大。请把两者都去掉，或改选负对数似然损失。</translation>
    </message>
    <message>
        <source>The network that learns.</source>
        <translation>学习的网络。</translation>
    </message>
    <message>
        <source>L-BFGS looks at a batch several times and moves one network, and here {count} networks learn from one loss. Choose another optimizer, such as Adam.</source>
        <translation>L-BFGS 会多次查看同一批样本，且只更新一个网络，而这里有 {count} 个网络从同一个损失学习。请改用其他优化器，例如 Adam。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The losses of the plan, which it lowers.</source>
        <translation>训练计划中的损失，训练就是使其降低。</translation>
    </message>
    <message>
        <source>The metrics of the plan.</source>
        <translation>训练计划中的指标。</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>训练方法</translation>
    </message>
</context>
</TS>
