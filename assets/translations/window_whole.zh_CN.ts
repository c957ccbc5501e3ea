<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>“{name}” takes {ranks} dimensions with the batch, and {received} would arrive. You can drop it here: a problem then says how to mend it.</source>
        <translation>“{name}”接收 {ranks} 维（含批次），而到达的会是 {received}。仍可在此放下：之后会有问题提示告诉您如何修正。</translation>
    </message>
    <message>
        <source>“{name}” computes with real numbers, and whole numbers would arrive. You can drop it here: a problem then says how to mend it.</source>
        <translation>“{name}”用实数计算，而到达的会是整数。仍可在此放下：之后会有问题提示告诉您如何修正。</translation>
    </message>
    <message>
        <source>“{name}” takes whole numbers, and real numbers would arrive. You can drop it here: a problem then says how to mend it.</source>
        <translation>“{name}”需要整数，而到达的会是实数。仍可在此放下：之后会有问题提示告诉您如何修正。</translation>
    </message>
    <message>
        <source>Move a network</source>
        <translation>移动网络</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>移到左边</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>移到右边</translation>
    </message>
    <message>
        <source>An order of networks names each of them once.</source>
        <translation>网络的顺序须把每个网络恰好列出一次。</translation>
    </message>
    <message>
        <source>The run begins with weights of “{file}”: {fitting} of {count}.</source>
        <translation>本次运行以“{file}”的权重开始：{count} 项中的 {fitting} 项。</translation>
    </message>
    <message>
        <source>It is a network of another program, which Netwright cannot read. Draw the network anew or paste its PyTorch code into the Code panel; then drop its weights as a .safetensors file.</source>
        <translation>这是其他程序的网络，Netwright 无法读取。请重新绘制网络，或把它的 PyTorch 代码粘贴到“代码”面板；然后把权重作为 .safetensors 文件拖入。</translation>
    </message>
    <message>
        <source>It is Python code, which is never run from a file. Copy the class of the network into the Code panel: it is drawn from there.</source>
        <translation>这是 Python 代码，Netwright 从不运行文件中的代码。请把网络的类复制到“代码”面板，即可据此绘制。</translation>
    </message>
    <message>
        <source>It is an ONNX model. Netwright writes ONNX and does not read it yet: draw the network anew or paste its PyTorch code into the Code panel; then drop its weights as a .safetensors file.</source>
        <translation>这是 ONNX 模型。Netwright 能写出 ONNX，但还不能读取：请重新绘制网络，或把它的 PyTorch 代码粘贴到“代码”面板；然后把权重作为 .safetensors 文件拖入。</translation>
    </message>
    <message>
        <source>It is an archive. Unpack it and drop what is in it.</source>
        <translation>这是压缩包。请先解压，再拖入其中的内容。</translation>
    </message>
    <message>
        <source>It is one picture. To learn from pictures, drop a folder with one folder of pictures for each class; to try a trained network on this one, drop it in the Evaluation panel.</source>
        <translation>这是一张图片。要用图片训练，请拖入一个文件夹，其中每个类别各有一个图片文件夹；要用训练好的网络试这张图片，请把它拖到“评估”面板。</translation>
    </message>
    <message>
        <source>It cannot be read: {reason}.</source>
        <translation>无法读取：{reason}。</translation>
    </message>
    <message>
        <source>Its pictures stand beside each other, and nothing says what they show. Put those of each class into a folder of its own, and drop the folder that holds these.</source>
        <translation>其中的图片都放在一起，无法得知各属哪一类。请把每个类别的图片放进各自的文件夹，再拖入包含这些文件夹的文件夹。</translation>
    </message>
    <message>
        <source>It holds projects, such as “{name}”. Drop one of them.</source>
        <translation>其中有项目，例如“{name}”。请拖入其中一个。</translation>
    </message>
    <message>
        <source>Only files of this computer can be dropped. Save it first, and drop the file.</source>
        <translation>只能拖入本机上的文件。请先保存，再拖入文件。</translation>
    </message>
    <message>
        <source>Drop one file or one folder at a time.</source>
        <translation>请一次只拖入一个文件或一个文件夹。</translation>
    </message>
    <message>
        <source>“{name}” holds pictures of {count} {count:class|classes}, a folder for each.</source>
        <translation>“{name}”中有 {count} 个类别的图片，每类一个文件夹。</translation>
    </message>
    <message>
        <source>“{name}” holds arrays of numbers.</source>
        <translation>“{name}”中有数值数组。</translation>
    </message>
    <message>
        <source>Begin a project with it</source>
        <translation>用它新建项目</translation>
    </message>
    <message>
        <source>Use it as data</source>
        <translation>用作数据</translation>
    </message>
    <message>
        <source>Train on “{name}”</source>
        <translation>用“{name}”训练</translation>
    </message>
    <message>
        <source>“{name}” is the data now. Undo brings the other back.</source>
        <translation>现在用“{name}”作为数据。撤销可恢复原来的数据。</translation>
    </message>
    <message>
        <source>“{name}” may hold weights. Open the network that they belong to, and drop them again.</source>
        <translation>“{name}”可能包含权重。请先打开这些权重所属的网络，再拖入一次。</translation>
    </message>
    <message>
        <source>The weights of “{name}” are compared with the network.</source>
        <translation>正在比较“{name}”的权重与网络。</translation>
    </message>
    <message>
        <source>Train from them</source>
        <translation>从这些权重开始训练</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制清单</translation>
    </message>
    <message>
        <source>“{file}” fits: it holds all {count} {count:weight|weights} of the network “{network}”.</source>
        <translation>“{file}”完全匹配：包含网络“{network}”的全部 {count} 项权重。</translation>
    </message>
    <message>
        <source>{fitting} of the {count} {count:weight|weights} of the network “{network}” are in “{file}” and fit. Missing: {missing}. Of another size: {differing}. Not of this network: {unexpected}.</source>
        <translation>网络“{network}”的 {count} 项权重中，有 {fitting} 项在“{file}”中且匹配。缺少：{missing}。大小不同：{differing}。不属于此网络：{unexpected}。</translation>
    </message>
    <message>
        <source>Train from those that fit</source>
        <translation>从匹配的权重开始训练</translation>
    </message>
    <message>
        <source>No weight of “{file}” fits the network “{network}”. Expected: {expected}. Received: {received}.</source>
        <translation>“{file}”中没有权重与网络“{network}”匹配。期望：{expected}。收到：{received}。</translation>
    </message>
    <message>
        <source>There is no code yet.</source>
        <translation>还没有代码。</translation>
    </message>
    <message>
        <source>The code is being read.</source>
        <translation>正在读取代码。</translation>
    </message>
    <message>
        <source>The code is that of the drawing: nothing was typed.</source>
        <translation>代码与图纸一致：没有输入任何改动。</translation>
    </message>
    <message>
        <source>Choose a run first.</source>
        <translation>请先选择一次运行。</translation>
    </message>
    <message>
        <source>The run made no step: there is nothing that it learned.</source>
        <translation>这次运行一步也没有训练：没有学到任何内容。</translation>
    </message>
    <message>
        <source>The run came to its end. Train anew, with more epochs.</source>
        <translation>这次运行已经完成。请用更多轮数重新训练。</translation>
    </message>
    <message>
        <source>The training is ending after its step.</source>
        <translation>训练将在当前步之后结束。</translation>
    </message>
    <message>
        <source>Open or begin a project first.</source>
        <translation>请先打开或新建项目。</translation>
    </message>
    <message>
        <source>This is the welcome page.</source>
        <translation>当前就是欢迎页。</translation>
    </message>
    <message>
        <source>No training is under way.</source>
        <translation>没有正在进行的训练。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>It is trained already.</source>
        <translation>要训练的已是它。</translation>
    </message>
    <message>
        <source>It is the first.</source>
        <translation>它已在最前。</translation>
    </message>
    <message>
        <source>It is the last.</source>
        <translation>它已在最后。</translation>
    </message>
    <message>
        <source>The table is empty.</source>
        <translation>表格是空的。</translation>
    </message>
    <message>
        <source>You are here.</source>
        <translation>您在这里。</translation>
    </message>
</context>
</TS>
