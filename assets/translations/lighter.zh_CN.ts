<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Numbers of matrices and filters that are exactly 0 stay 0, as after a network was thinned out.</source>
        <translation>矩阵和滤波器中恰好为 0 的数保持为 0，就像用置零变轻的网络那样。</translation>
    </message>
    <message>
        <source>Zeros stay zeros</source>
        <translation>零保持为零</translation>
    </message>
    <message>
        <source>cut out this share of the channels, such as 0.3</source>
        <translation>剪掉这个比例的通道，例如 0.3</translation>
    </message>
    <message>
        <source>set this share of the weights to zero</source>
        <translation>把这个比例的权重置零</translation>
    </message>
    <message>
        <source>take the smallest of the whole network, not a share out of each layer</source>
        <translation>在整个网络中挑最小的，而不是每层按比例</translation>
    </message>
    <message>
        <source>train it on for so many epochs afterwards</source>
        <translation>之后再继续训练这么多轮</translation>
    </message>
    <message>
        <source>write it with numbers of 8 bits, as ONNX, to this file</source>
        <translation>以 8 位整数的 ONNX 写到这个文件</translation>
    </message>
    <message>
        <source>the project file to write, with its weights</source>
        <translation>要写入的项目文件，权重随之保存</translation>
    </message>
    <message>
        <source>Take either channels or weights away, not both at once.</source>
        <translation>要么去掉通道，要么去掉权重，不能同时进行。</translation>
    </message>
    <message>
        <source>Say what makes it lighter: --channels SHARE, --weights SHARE or --int8 FILE.</source>
        <translation>请说明怎样变轻：--channels SHARE、--weights SHARE 或 --int8 FILE。</translation>
    </message>
    <message>
        <source>Numbers of 8 bits alone change no project: leave out -o and --epochs, or take something away.</source>
        <translation>只换成 8 位整数不会改变项目：请去掉 -o 和 --epochs，或者同时去掉一些通道或权重。</translation>
    </message>
    <message>
        <source>{option} takes a number between 0 and 1, not “{text}”.</source>
        <translation>{option} 需要 0 到 1 之间的数，而不是“{text}”。</translation>
    </message>
    <message>
        <source>“{file}” is already there. Choose another name.</source>
        <translation>“{file}”已经存在，请换一个名字。</translation>
    </message>
    <message>
        <source>Zipped</source>
        <translation>压缩后</translation>
    </message>
    <message>
        <source>Not zero</source>
        <translation>非零</translation>
    </message>
    <message>
        <source>PyTorch, {count} samples</source>
        <translation>PyTorch，{count} 个样本</translation>
    </message>
    <message>
        <source>ONNX Runtime, {count} samples</source>
        <translation>ONNX Runtime，{count} 个样本</translation>
    </message>
    <message>
        <source>Make a trained network lighter, and measure it before and after.</source>
        <translation>让训练好的网络变轻，并比较前后的结果。</translation>
    </message>
    <message>
        <source>the data has nothing for the inputs of this network</source>
        <translation>数据里没有这个网络的输入</translation>
    </message>
    <message>
        <source>Rounded by random numbers instead of samples ({reason}): judge it before you rely on it.</source>
        <translation>取整时用的是随机数而不是样本（{reason}）：使用之前请先评估。</translation>
    </message>
    <message>
        <source>No whole channels can be taken out of this network: what its layers make is an output, or meets blocks that need it as it is. Set single weights to zero instead.</source>
        <translation>这个网络中没有可以整个剪掉的通道：各层的结果就是输出，或者通向不能改变其大小的模块。请改为把单个权重置零。</translation>
    </message>
    <message>
        <source>So small a share takes no channel out. Choose a larger one.</source>
        <translation>比例太小，一个通道也剪不掉。请选大一些。</translation>
    </message>
    <message>
        <source>The network without these channels does not compute what it should at “{output}”. Nothing was kept; set single weights to zero instead.</source>
        <translation>去掉这些通道后，网络在“{output}”处的结果不对，因此什么也没有保留；请改为把单个权重置零。</translation>
    </message>
    <message>
        <source>Whole numbers of 8 bits need ONNX Runtime. Install it with: pip install netwright[onnx]</source>
        <translation>8 位整数需要 ONNX Runtime。安装：pip install netwright[onnx]</translation>
    </message>
    <message>
        <source>Choose what is taken away, or have it held in 8 bits.</source>
        <translation>请选择要去掉什么，或者选择用 8 位整数保存。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>In 8 bits</source>
        <translation>8 位整数</translation>
    </message>
    <message>
        <source>That, in 8 bits</source>
        <translation>同上，8 位整数</translation>
    </message>
    <message>
        <source>{share} % fewer channels</source>
        <translation>通道减少 {share} %</translation>
    </message>
    <message>
        <source>{share} % of the weights zero</source>
        <translation>{share} % 的权重为零</translation>
    </message>
    <message>
        <source>{done}, trained on</source>
        <translation>{done}，并继续训练</translation>
    </message>
    <message>
        <source>Only a network that the plan trains alone can be trained on here. Set the epochs to 0, save it, and train it with the others.</source>
        <translation>这里只能继续训练计划中单独训练的网络。请把轮数设为 0，保存后再与其他网络一起训练。</translation>
    </message>
    <message>
        <source>Training on what is left</source>
        <translation>继续训练剩下的部分</translation>
    </message>
    <message>
        <source>Measuring the speed</source>
        <translation>正在测量速度</translation>
    </message>
    <message>
        <source>Judging by samples that were set aside</source>
        <translation>正在用留出的样本评估</translation>
    </message>
    <message>
        <source>There is nothing to set to zero in this network.</source>
        <translation>这个网络中没有可以置零的权重。</translation>
    </message>
    <message>
        <source>ONNX in int8 (.int8.onnx)</source>
        <translation>int8 的 ONNX（.int8.onnx）</translation>
    </message>
    <message>
        <source>Whole numbers of 8 bits, fitted to samples of the data: a quarter of the file, often faster.</source>
        <translation>全部用 8 位整数，范围按数据样本确定：文件约为四分之一，往往也更快。</translation>
    </message>
    <message>
        <source>Nothing in this network can be held in 8 bits. Export it as ONNX (.onnx) instead.</source>
        <translation>这个网络中没有能用 8 位整数表示的部分。请改为导出 ONNX（.onnx）。</translation>
    </message>
    <message>
        <source>Make it lighter…</source>
        <translation>让它变轻…</translation>
    </message>
    <message>
        <source>Whole channels</source>
        <translation>整个通道</translation>
    </message>
    <message>
        <source>Blocks become narrower: less to keep, less to compute, and a drawing that can be edited on.</source>
        <translation>模块变窄：存得少，算得少，而且仍是可以继续编辑的图。</translation>
    </message>
    <message>
        <source>Single weights</source>
        <translation>单个权重</translation>
    </message>
    <message>
        <source>The smallest become zero and stay so: the file packs smaller, the work stays the same.</source>
        <translation>最小的权重变为零并保持为零：文件压缩后更小，计算量不变。</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不去掉</translation>
    </message>
    <message>
        <source>Only the numbers change, to those of 8 bits.</source>
        <translation>只把数换成 8 位整数。</translation>
    </message>
    <message>
        <source>Make it lighter</source>
        <translation>让它变轻</translation>
    </message>
    <message>
        <source>Make the network lighter</source>
        <translation>让网络变轻</translation>
    </message>
    <message>
        <source>Takes away what it hardly uses, and measures both side by side. The open project and its runs stay as they are.</source>
        <translation>去掉网络几乎用不到的部分，并把前后并排测量。打开的项目和它的运行都不会改变。</translation>
    </message>
    <message>
        <source>What is taken away</source>
        <translation>去掉什么</translation>
    </message>
    <message>
        <source>Hold it in whole numbers of 8 bits, too</source>
        <translation>再用 8 位整数保存</translation>
    </message>
    <message>
        <source>Whole numbers of 8 bits need: pip install netwright[onnx]</source>
        <translation>8 位整数需要：pip install netwright[onnx]</translation>
    </message>
    <message>
        <source>The same share out of each layer</source>
        <translation>每层相同的比例</translation>
    </message>
    <message>
        <source>The smallest of the whole network</source>
        <translation>整个网络中最小的</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>去掉多少</translation>
    </message>
    <message>
        <source>Where from</source>
        <translation>从哪里去掉</translation>
    </message>
    <message>
        <source>Epochs of training on</source>
        <translation>继续训练的轮数</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>之前与之后</translation>
    </message>
    <message>
        <source>Save as a new project…</source>
        <translation>另存为新项目…</translation>
    </message>
    <message>
        <source>Save the file of 8 bits…</source>
        <translation>保存 8 位文件…</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开它</translation>
    </message>
    <message>
        <source>Times are medians over batches of {count}, taken in turns on this processor. Judged by {part}. The file is {format}.</source>
        <translation>时间是每批 {count} 个样本的中位数，在这台处理器上轮流测得。用{part}评估。文件格式为 {format}。</translation>
    </message>
    <message>
        <source>{name} lighter</source>
        <translation>{name} 轻量版</translation>
    </message>
    <message>
        <source>Save as a new project</source>
        <translation>另存为新项目</translation>
    </message>
    <message>
        <source>Saved as “{file}”, with a run that holds its weights.</source>
        <translation>已保存为“{file}”，权重放在随附的一次运行里。</translation>
    </message>
    <message>
        <source>Save the file of 8 bits</source>
        <translation>保存 8 位文件</translation>
    </message>
    <message>
        <source>Time in PyTorch</source>
        <translation>PyTorch 用时</translation>
    </message>
    <message>
        <source>Time in ONNX Runtime</source>
        <translation>ONNX Runtime 用时</translation>
    </message>
    <message>
        <source>“{text}” does not say how a network becomes lighter. Write it like this: channels=30;epochs=5;int8=yes</source>
        <translation>“{text}”没有说明网络怎样变轻。请这样写：channels=30;epochs=5;int8=yes</translation>
    </message>
    <message>
        <source>Prepares what makes the network lighter; it begins once you start it</source>
        <translation>准备好让网络变轻的设置；由你开始</translation>
    </message>
    <message>
        <source>samples set aside for the test</source>
        <translation>留作测试的样本</translation>
    </message>
    <message>
        <source>samples of the validation</source>
        <translation>验证样本</translation>
    </message>
    <message>
        <source>samples that it learned from</source>
        <translation>训练过的样本</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>评估</translation>
    </message>
</context>
</TS>
