<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>A training is under way, and there are unsaved changes.</source>
        <translation>正在训练，并且有未保存的更改。</translation>
    </message>
    <message>
        <source>A training is under way.</source>
        <translation>正在训练。</translation>
    </message>
    <message>
        <source>A training is under way. Stop it?</source>
        <translation>正在训练。要停止吗？</translation>
    </message>
    <message>
        <source>About Netwright</source>
        <translation>关于 Netwright</translation>
    </message>
    <message>
        <source>Add a network</source>
        <translation>添加网络</translation>
    </message>
    <message>
        <source>Add a network…</source>
        <translation>添加网络…</translation>
    </message>
    <message>
        <source>Add the network “{name}”</source>
        <translation>添加网络“{name}”</translation>
    </message>
    <message>
        <source>Add {block}</source>
        <translation>添加 {block}</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>所有命令…</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>预测值</translation>
    </message>
    <message>
        <source>Answers over true values</source>
        <translation>预测值与真实值</translation>
    </message>
    <message>
        <source>As it was opened</source>
        <translation>打开时的状态</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic ({device})</source>
        <translation>自动（{device}）</translation>
    </message>
    <message>
        <source>Back to the default ({value})</source>
        <translation>恢复默认值（{value}）</translation>
    </message>
    <message>
        <source>Begin with nothing and drag your own blocks.</source>
        <translation>从零开始，自己拖放模块。</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Blank canvas</source>
        <translation>空白画布</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Bring them back</source>
        <translation>恢复更改</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Bypassed</source>
        <translation>旁路</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <translation>已取消，没有写入任何文件。</translation>
    </message>
    <message>
        <source>Change the training plan</source>
        <translation>修改训练方案</translation>
    </message>
    <message>
        <source>Checked in a fresh process against the live model: {count} {count:input|inputs}, batches of {batches}; the largest difference is {difference}.</source>
        <translation>已在全新进程中与当前模型对照：{count} 组输入，批大小 {batches}；最大差异为 {difference}。</translation>
    </message>
    <message>
        <source>Checking the network…</source>
        <translation>正在检查网络…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose a wrong sample to see how sure the network is of each class.</source>
        <translation>选择一个判错的样本，查看网络对每个类别的置信度。</translation>
    </message>
    <message>
        <source>Choose where the file goes.</source>
        <translation>请选择文件的保存位置。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>浮动</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Composite</source>
        <translation>组合模块</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Copy the Python code</source>
        <translation>复制 Python 代码</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Done again: {label}</source>
        <translation>已重做：{label}</translation>
    </message>
    <message>
        <source>Draw a network, watch it learn, take it away.</source>
        <translation>绘制网络，观察学习，带走模型。</translation>
    </message>
    <message>
        <source>Draw a neural network, watch it learn, take the trained model away.</source>
        <translation>绘制神经网络，观察它学习，带走训练好的模型。</translation>
    </message>
    <message>
        <source>Draw something: the network says at once what it takes it for.</source>
        <translation>随手画点什么：网络会立即给出判断。</translation>
    </message>
    <message>
        <source>Ended at the largest number of steps.</source>
        <translation>已达到最大步数。</translation>
    </message>
    <message>
        <source>Ended early</source>
        <translation>提前结束</translation>
    </message>
    <message>
        <source>Ended early: no improvement any more.</source>
        <translation>提前结束：不再有改进。</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs}</source>
        <translation>第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Evaluate the newest run</source>
        <translation>评估最近一次训练</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Expected {expected}, received {received}.</source>
        <translation>应为{expected}，实际为 {received}。</translation>
    </message>
    <message>
        <source>Expected: {expected}</source>
        <translation>应为：{expected}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Exported {files} ({size}).</source>
        <translation>已导出 {files}（{size}）。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Feeds {names}</source>
        <translation>输出到 {names}</translation>
    </message>
    <message>
        <source>Files that you open or save are listed here.</source>
        <translation>打开或保存过的文件会列在这里。</translation>
    </message>
    <message>
        <source>Find in the network</source>
        <translation>在网络中查找</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>放弃更改</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. It works without a network and sends nothing anywhere.</source>
        <translation>基于 MIT 许可证的自由软件。无需联网，也不会向任何地方发送数据。</translation>
    </message>
    <message>
        <source>Fresh weights, never trained</source>
        <translation>全新权重，未经训练</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Help for the chosen block</source>
        <translation>所选模块的帮助</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>How often it runs in a row, each time with weights of its own.</source>
        <translation>连续运行的次数，每次都有自己的权重。</translation>
    </message>
    <message>
        <source>In this network</source>
        <translation>在此网络中</translation>
    </message>
    <message>
        <source>In {port}</source>
        <translation>输入 {port}</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>It is {true} and was taken for {predicted}, {share} sure.</source>
        <translation>实际为 {true}，被判为 {predicted}，置信度 {share}。</translation>
    </message>
    <message>
        <source>Its learning rate as a multiple of the plan's.</source>
        <translation>它的学习率相对于训练方案的倍数。</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Judging by the test samples</source>
        <translation>正在用测试样本评估</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的版本</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Learning rate over time</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Leave the composite</source>
        <translation>离开组合模块</translation>
    </message>
    <message>
        <source>Let its input through unchanged.</source>
        <translation>让输入原样通过。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Load it again</source>
        <translation>重新载入</translation>
    </message>
    <message>
        <source>Loading PyTorch…</source>
        <translation>正在载入 PyTorch…</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Memory of a sample</source>
        <translation>每个样本的内存</translation>
    </message>
    <message>
        <source>Mend the problems first ({count}): {first}</source>
        <translation>请先修正问题（{count} 个）：{first}</translation>
    </message>
    <message>
        <source>Mend: {what}</source>
        <translation>修正：{what}</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Needs {libraries}. Install with: pip install netwright[{extra}]</source>
        <translation>需要 {libraries}。安装方法：pip install netwright[{extra}]</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Netwright ended unexpectedly with unsaved changes to “{name}” ({when}). The file was changed since then.</source>
        <translation>Netwright 意外退出时“{name}”有未保存的更改（{when}）。此后该文件已被修改。</translation>
    </message>
    <message>
        <source>Netwright ended unexpectedly with unsaved changes to “{name}” ({when}). They were kept.</source>
        <translation>Netwright 意外退出时“{name}”有未保存的更改（{when}）。这些更改已被保留。</translation>
    </message>
    <message>
        <source>Netwright projects (*{suffix})</source>
        <translation>Netwright 项目 (*{suffix})</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Next problem</source>
        <translation>下一个问题</translation>
    </message>
    <message>
        <source>No block is called that.</source>
        <translation>没有这个名称的模块。</translation>
    </message>
    <message>
        <source>No problems in the drawing.</source>
        <translation>图中没有问题。</translation>
    </message>
    <message>
        <source>No runs yet. Press Train: every run is kept here.</source>
        <translation>还没有训练记录。按“训练”开始：每次训练都会保存在这里。</translation>
    </message>
    <message>
        <source>Not found: {folder}</source>
        <translation>未找到：{folder}</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>Not saved: {why}</source>
        <translation>未能保存：{why}</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>没有匹配项。</translation>
    </message>
    <message>
        <source>Nothing wrong here</source>
        <translation>这里没有判错的样本</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>On the canvas: the wheel zooms, the middle button or Space and drag moves the view, a wire is pulled from port to port, and a wire dropped on empty space offers what fits.</source>
        <translation>在画布上：滚轮缩放；按住中键或空格键拖动可平移视图；从一个端口拖到另一个端口即可连线；把连线放到空白处，会列出合适的模块。</translation>
    </message>
    <message>
        <source>One number for each dimension</source>
        <translation>每个维度使用单独的数值</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open the composite</source>
        <translation>打开组合模块</translation>
    </message>
    <message>
        <source>Opening the run</source>
        <translation>正在打开训练记录</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Out {port}</source>
        <translation>输出 {port}</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>暂停或继续</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>Precision %</source>
        <translation>精确率 %</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Put the panels back</source>
        <translation>恢复面板位置</translation>
    </message>
    <message>
        <source>PyTorch is being loaded. This takes a few seconds.</source>
        <translation>正在载入 PyTorch，需要几秒钟。</translation>
    </message>
    <message>
        <source>Python code</source>
        <translation>Python 代码</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>Recall %</source>
        <translation>召回率 %</translation>
    </message>
    <message>
        <source>Received: {received}</source>
        <translation>实际：{received}</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>最近的文件</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo: {label}</source>
        <translation>重做：{label}</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Reset {parameter}</source>
        <translation>重置{parameter}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Sample {number}: it is {true}, taken for {predicted}.</source>
        <translation>样本 {number}：实际为 {true}，被判为 {predicted}。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Saved “{name}”.</source>
        <translation>已保存“{name}”。</translation>
    </message>
    <message>
        <source>Saving now replaces those changes. The other version is kept beside it as a backup.</source>
        <translation>现在保存会覆盖那些修改。另一个版本会作为备份保留在旁边。</translation>
    </message>
    <message>
        <source>Saving replaces it.</source>
        <translation>保存会替换它。</translation>
    </message>
    <message>
        <source>Search blocks</source>
        <translation>搜索模块</translation>
    </message>
    <message>
        <source>Set {parameter}</source>
        <translation>设置{parameter}</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Shapes and cost</source>
        <translation>形状与开销</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show the block</source>
        <translation>显示该模块</translation>
    </message>
    <message>
        <source>Show the log file</source>
        <translation>显示日志文件</translation>
    </message>
    <message>
        <source>Something went wrong inside Netwright. Your work is kept. ({summary})</source>
        <translation>Netwright 内部出现错误。您的工作已保留。（{summary}）</translation>
    </message>
    <message>
        <source>Start from a template</source>
        <translation>从模板开始</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Stop, close without saving</source>
        <translation>停止，不保存并关闭</translation>
    </message>
    <message>
        <source>Stop, save and close</source>
        <translation>停止、保存并关闭</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Stopped; what was learned is kept.</source>
        <translation>已停止；学到的内容已保留。</translation>
    </message>
    <message>
        <source>Stopping it keeps what was learned up to now: the run can be resumed.</source>
        <translation>停止后会保留目前学到的内容，之后可以继续训练。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Take the model away</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>Test samples</source>
        <translation>测试样本</translation>
    </message>
    <message>
        <source>The Python code is on the clipboard.</source>
        <translation>Python 代码已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The canvas is empty: drag a block onto it to begin.</source>
        <translation>画布是空的：把一个模块拖上来就可以开始。</translation>
    </message>
    <message>
        <source>The canvas is empty: there is nothing to train.</source>
        <translation>画布是空的：没有可训练的内容。</translation>
    </message>
    <message>
        <source>The code is shown once {count:the error is|the errors are} mended.</source>
        <translation>修正 {count} 个错误后会显示代码。</translation>
    </message>
    <message>
        <source>The network is being checked.</source>
        <translation>正在检查网络。</translation>
    </message>
    <message>
        <source>There is no problem.</source>
        <translation>没有问题。</translation>
    </message>
    <message>
        <source>There is no run yet. Train the network first.</source>
        <translation>还没有训练记录。请先训练网络。</translation>
    </message>
    <message>
        <source>This did not work: {error}</source>
        <translation>操作未成功：{error}</translation>
    </message>
    <message>
        <source>This version of Netwright does not know this. It is kept as it is.</source>
        <translation>此版本的 Netwright 不认识这一项，将原样保留。</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>To</source>
        <translation>保存到</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Totals are shown once the errors are mended.</source>
        <translation>错误修正后会显示总计。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Train the network, or choose a run, to see how good it is.</source>
        <translation>训练网络或选择一次训练记录，即可查看效果。</translation>
    </message>
    <message>
        <source>Trained on {device}.</source>
        <translation>训练设备：{device}。</translation>
    </message>
    <message>
        <source>Trained to the end.</source>
        <translation>训练已完成。</translation>
    </message>
    <message>
        <source>Trained: {run}</source>
        <translation>已训练：{run}</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Training leaves its weights as they are.</source>
        <translation>训练时不改变它的权重。</translation>
    </message>
    <message>
        <source>Training plan</source>
        <translation>训练方案</translation>
    </message>
    <message>
        <source>Training samples</source>
        <translation>训练样本</translation>
    </message>
    <message>
        <source>True value</source>
        <translation>真实值</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo: {label}</source>
        <translation>撤销：{label}</translation>
    </message>
    <message>
        <source>Undone: {label}</source>
        <translation>已撤销：{label}</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Validation samples</source>
        <translation>验证样本</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Welcome page</source>
        <translation>欢迎页</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>What fits the wire; it is joined at once.</source>
        <translation>适合这条连线的模块，选择后立即连接。</translation>
    </message>
    <message>
        <source>What the network takes your drawing for:</source>
        <translation>网络对您所画内容的判断：</translation>
    </message>
    <message>
        <source>What this project learns from, and how. Choose a block to see its settings.</source>
        <translation>本项目从什么学习、如何学习。选中一个模块可查看它的设置。</translation>
    </message>
    <message>
        <source>Where to train</source>
        <translation>训练设备</translation>
    </message>
    <message>
        <source>Without saving, the changes since the last save are lost.</source>
        <translation>如果不保存，上次保存之后的更改将会丢失。</translation>
    </message>
    <message>
        <source>Wrong samples</source>
        <translation>判错的样本</translation>
    </message>
    <message>
        <source>as it arrives</source>
        <translation>由输入决定</translation>
    </message>
    <message>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>second</source>
        <translation>第二个</translation>
    </message>
    <message>
        <source>several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <source>{count} blocks chosen</source>
        <translation>已选择 {count} 个模块</translation>
    </message>
    <message>
        <source>{count} {count:error|errors}</source>
        <translation>{count} 个错误</translation>
    </message>
    <message>
        <source>{count} {count:run|runs} of this project</source>
        <translation>本项目有 {count} 次训练</translation>
    </message>
    <message>
        <source>{count} {count:sample|samples}</source>
        <translation>{count} 个样本</translation>
    </message>
    <message>
        <source>{count} wrong{count:|, the surest first}</source>
        <translation>{count} 个判错，置信度高的在前</translation>
    </message>
    <message>
        <source>{count} × {title}</source>
        <translation>{count} × {title}</translation>
    </message>
    <message>
        <source>{doc}
Drag it to the canvas, or press Enter.</source>
        <translation>{doc}
拖到画布上，或按回车键添加。</translation>
    </message>
    <message>
        <source>{doc}
Takes {expected}.</source>
        <translation>{doc}
可填{expected}。</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
    <message>
        <source>{label} ({unit})</source>
        <translation>{label}（{unit}）</translation>
    </message>
    <message>
        <source>{measure} (validation)</source>
        <translation>{measure}（验证）</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{name}[*] — Netwright</source>
        <translation>{name}[*] — Netwright</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{parameters} {parameters:parameter|parameters} · {adds} {adds:multiply-add|multiply-adds}</source>
        <translation>{parameters} 个参数 · {adds} 次乘加</translation>
    </message>
    <message>
        <source>{parameters} {parameters:parameter|parameters}, {trainable} trained · {adds} {adds:multiply-add|multiply-adds} and {memory} a sample{example}</source>
        <translation>{parameters} 个参数，其中 {trainable} 个参与训练 · 每个样本 {adds} 次乘加、{memory}{example}</translation>
    </message>
    <message>
        <source>{said} Best epoch {epoch}: {figures}</source>
        <translation>{said} 最佳为第 {epoch} 轮：{figures}</translation>
    </message>
    <message>
        <source>{value} (as it arrives)</source>
        <translation>{value}（由输入决定）</translation>
    </message>
    <message>
        <source>{where} · paused</source>
        <translation>{where} · 已暂停</translation>
    </message>
    <message>
        <source>{where} · {left} left · {rate} samples/s</source>
        <translation>{where} · 剩余 {left} · {rate} 样本/秒</translation>
    </message>
    <message>
        <source>“{block}” has no port for this wire.</source>
        <translation>“{block}”没有适合这条连线的端口。</translation>
    </message>
    <message>
        <source>“{name}” is open in another window. Changes made here can be saved under another name.</source>
        <translation>“{name}”已在另一个窗口中打开。这里的更改可以另存为其他名称。</translation>
    </message>
    <message>
        <source>“{name}” is open in another window. Save under another name.</source>
        <translation>“{name}”已在另一个窗口中打开。请另存为其他名称。</translation>
    </message>
    <message>
        <source>“{name}” is there already.</source>
        <translation>“{name}”已经存在。</translation>
    </message>
    <message>
        <source>“{name}” was changed by another program.</source>
        <translation>“{name}”已被其他程序修改。</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>…还有 {count} 个</translation>
    </message>
    <message>
        <source>Show the files</source>
        <translation>显示文件</translation>
    </message>
    <message>
        <source>Hide the files</source>
        <translation>隐藏文件</translation>
    </message>
    <message>
        <source>Skipped and changed files</source>
        <translation>跳过和更改的文件</translation>
    </message>
    <message>
        <source>Show every number</source>
        <translation>显示所有数字</translation>
    </message>
    <message>
        <source>Show the whole matrix</source>
        <translation>显示整个矩阵</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Its share in the sum of all losses.</source>
        <translation>在总损失中所占的比重。</translation>
    </message>
    <message>
        <source>Which output of the network it judges.</source>
        <translation>评判网络的哪一个输出。</translation>
    </message>
    <message>
        <source>Which target of the data it compares with.</source>
        <translation>与数据中的哪一个目标比较。</translation>
    </message>
    <message>
        <source>Loss {number}</source>
        <translation>损失 {number}</translation>
    </message>
    <message>
        <source>Remove this loss</source>
        <translation>移除此损失</translation>
    </message>
    <message>
        <source>Remove loss {number}</source>
        <translation>移除损失 {number}</translation>
    </message>
    <message>
        <source>Output, target and weight</source>
        <translation>输出、目标与权重</translation>
    </message>
    <message>
        <source>Add a loss</source>
        <translation>添加损失</translation>
    </message>
    <message>
        <source>Remove a loss</source>
        <translation>移除损失</translation>
    </message>
    <message>
        <source>only one</source>
        <translation>唯一</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Choose it for training</source>
        <translation>设为要训练的网络</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Rename the network</source>
        <translation>重命名网络</translation>
    </message>
    <message>
        <source>Rename the network…</source>
        <translation>重命名网络…</translation>
    </message>
    <message>
        <source>Remove the network</source>
        <translation>移除网络</translation>
    </message>
    <message>
        <source>Rename the network “{name}”</source>
        <translation>重命名网络“{name}”</translation>
    </message>
    <message>
        <source>Remove the network “{name}”</source>
        <translation>移除网络“{name}”</translation>
    </message>
    <message>
        <source>“{name}” is removed. Undo brings it back.</source>
        <translation>“{name}”已移除，可用撤销恢复。</translation>
    </message>
    <message>
        <source>Train the network “{name}”</source>
        <translation>训练网络“{name}”</translation>
    </message>
    <message>
        <source>This run trained the network as it was then; the canvas has changed since.</source>
        <translation>该次训练使用的是当时的网络；此后画布已被修改。</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>feature</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>whole input</source>
        <translation>整个输入</translation>
    </message>
    <message>
        <source>{size}, step {step}</source>
        <translation>{size}，步长 {step}</translation>
    </message>
    <message>
        <source>It has no meaning here, or is not known.</source>
        <translation>在此没有意义，或尚不可知。</translation>
    </message>
    <message>
        <source>Each number sees the whole of “{input}”.</source>
        <translation>每个数都看到整个“{input}”。</translation>
    </message>
    <message>
        <source>Each place sees {size} of “{input}”; neighbours look {step} apart.</source>
        <translation>每个位置看到“{input}”的 {size}；相邻位置相距 {step}。</translation>
    </message>
    <message>
        <source>{names} … {count} in all</source>
        <translation>{names} … 共 {count} 个</translation>
    </message>
    <message>
        <source>The name of the block on the canvas.</source>
        <translation>模块在画布上的名称。</translation>
    </message>
    <message>
        <source>What kind of block it is.</source>
        <translation>模块的种类。</translation>
    </message>
    <message>
        <source>The sizes of what leaves the block; B is the batch size.</source>
        <translation>模块输出的尺寸；B 是批大小。</translation>
    </message>
    <message>
        <source>What each size of the output means, where that is known.</source>
        <translation>输出各个尺寸的含义（已知时）。</translation>
    </message>
    <message>
        <source>Learnable numbers of the block.</source>
        <translation>模块中可学习的数的个数。</translation>
    </message>
    <message>
        <source>Learnable tensors</source>
        <translation>可学习张量</translation>
    </message>
    <message>
        <source>The learnable numbers by name and sizes.</source>
        <translation>可学习的参数，按名称和尺寸列出。</translation>
    </message>
    <message>
        <source>Multiplications with an addition, for one sample.</source>
        <translation>处理一个样本所需的乘加运算次数。</translation>
    </message>
    <message>
        <source>Memory of what leaves the block, for one sample.</source>
        <translation>一个样本的模块输出占用的内存。</translation>
    </message>
    <message>
        <source>Memory of weights</source>
        <translation>权重的内存</translation>
    </message>
    <message>
        <source>Memory of the learnable numbers.</source>
        <translation>可学习参数占用的内存。</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>感受野</translation>
    </message>
    <message>
        <source>How much of an input each place of the output is made from, and how far apart neighbours look.</source>
        <translation>输出的每个位置由输入的多大范围得出，以及相邻位置所看范围相距多远。</translation>
    </message>
    <message>
        <source>Click to sort, or press Alt+Up or Alt+Down in the column; Alt+Home for the first order.</source>
        <translation>单击可排序，或在该列中按 Alt+上/下箭头；按 Alt+Home 恢复最初的顺序。</translation>
    </message>
    <message>
        <source>{what} (bytes)</source>
        <translation>{what}（字节）</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>另存为 CSV</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>A training step of {batch} {batch:sample|samples} takes about {total}, but {device} has only {free} free: make the batch or the network smaller.</source>
        <translation>一个包含 {batch} 个样本的训练步约需 {total}，但 {device} 只有 {free} 可用：请减小批大小或网络。</translation>
    </message>
    <message>
        <source>A training step of {batch} {batch:sample|samples} takes about {total}: weights {weights}, gradients {gradients}, optimizer {optimizer}, activations {activations}</source>
        <translation>一个包含 {batch} 个样本的训练步约需 {total}：权重 {weights}、梯度 {gradients}、优化器 {optimizer}、激活 {activations}</translation>
    </message>
    <message>
        <source>A training step of {batch} {batch:sample|samples} takes about {total}: weights {weights}, gradients {gradients}, optimizer {optimizer}, activations {activations} · {free} free on {device}</source>
        <translation>一个包含 {batch} 个样本的训练步约需 {total}：权重 {weights}、梯度 {gradients}、优化器 {optimizer}、激活 {activations} · {device} 可用 {free}</translation>
    </message>
    <message>
        <source>time step</source>
        <translation>时间步</translation>
    </message>
    <message>
        <source>Apply to the drawing</source>
        <translation>应用到图中</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Ctrl+Enter in the code does the same.</source>
        <translation>在代码中按 Ctrl+Enter 效果相同。</translation>
    </message>
    <message>
        <source>Lines that cannot be read</source>
        <translation>无法读取的行</translation>
    </message>
    <message>
        <source>Line {line}: {message}</source>
        <translation>第 {line} 行：{message}</translation>
    </message>
    <message>
        <source>The Python code of “{name}”, as it is exported. Edit it to edit the drawing.</source>
        <translation>“{name}”的 Python 代码，与导出的相同。修改代码即可修改图。</translation>
    </message>
    <message>
        <source>There is no network “{name}” any more.</source>
        <translation>网络“{name}”已不存在。</translation>
    </message>
    <message>
        <source>Reading the code…</source>
        <translation>正在读取代码…</translation>
    </message>
    <message>
        <source>Discard your changes to the code?</source>
        <translation>放弃对代码的修改吗？</translation>
    </message>
    <message>
        <source>They were not applied to the drawing.</source>
        <translation>这些修改尚未应用到图中。</translation>
    </message>
    <message>
        <source>Discard the changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>Edit the code of “{name}”</source>
        <translation>编辑“{name}”的代码</translation>
    </message>
    <message>
        <source>{count} {count:line cannot|lines cannot} be read, and nothing was changed. Mend the code.</source>
        <translation>有 {count} 行无法读取，图没有任何改变。请修改代码。</translation>
    </message>
    <message>
        <source>The code is drawn. {count:A problem is|Problems are} left in the drawing: see Problems.</source>
        <translation>代码已画成图，但图中还有 {count} 个问题，请看“问题”面板。</translation>
    </message>
    <message>
        <source>The drawing of “{name}” has changed meanwhile: your code will take its place.</source>
        <translation>“{name}”的图在此期间有改动：应用后将由你的代码取代。</translation>
    </message>
    <message>
        <source>Your code of “{name}” is not in the drawing yet.</source>
        <translation>你对“{name}”代码的修改尚未应用到图中。</translation>
    </message>
    <message>
        <source>Composites</source>
        <translation>组合模块</translation>
    </message>
    <message>
        <source>Composites of this project</source>
        <translation>本项目的组合模块</translation>
    </message>
    <message>
        <source>Also found as: {words}</source>
        <translation>也可搜索：{words}</translation>
    </message>
    <message>
        <source>in</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Takes several wires, in their order.</source>
        <translation>可接多条连线，按顺序排列。</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>Dimensions, the batch counted: {ranks}.</source>
        <translation>维数（含批）：{ranks}。</translation>
    </message>
    <message>
        <source>Whole numbers.</source>
        <translation>整数。</translation>
    </message>
    <message>
        <source>A tensor of any shape.</source>
        <translation>任意形状的张量。</translation>
    </message>
    <message>
        <source>Read off what arrives.</source>
        <translation>由输入自动得出。</translation>
    </message>
    <message>
        <source>At first: {value}.</source>
        <translation>初始值：{value}。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>One of: {values}.</source>
        <translation>可选：{values}。</translation>
    </message>
    <message>
        <source>From {low} to {high}.</source>
        <translation>范围 {low} 到 {high}。</translation>
    </message>
    <message>
        <source>At least {low}.</source>
        <translation>至少 {low}。</translation>
    </message>
    <message>
        <source>At most {high}.</source>
        <translation>至多 {high}。</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>用途说明</translation>
    </message>
    <message>
        <source>Add a parameter</source>
        <translation>添加参数</translation>
    </message>
    <message>
        <source>Its inputs ({inputs}) and outputs ({outputs}) are its Input and Output blocks.</source>
        <translation>它的输入（{inputs}）和输出（{outputs}）就是其中的输入模块和输出模块。</translation>
    </message>
    <message>
        <source>Rename “{name}”</source>
        <translation>重命名“{name}”</translation>
    </message>
    <message>
        <source>Say what “{name}” is for</source>
        <translation>说明“{name}”的用途</translation>
    </message>
    <message>
        <source>Remove the parameter</source>
        <translation>移除参数</translation>
    </message>
    <message>
        <source>Kind of the parameter</source>
        <translation>参数类型</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>Rename the parameter “{name}”</source>
        <translation>重命名参数“{name}”</translation>
    </message>
    <message>
        <source>Remove the parameter “{name}”</source>
        <translation>移除参数“{name}”</translation>
    </message>
    <message>
        <source>Change the parameter “{name}”</source>
        <translation>修改参数“{name}”</translation>
    </message>
    <message>
        <source>Name of the parameter</source>
        <translation>参数名称</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用说明</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Blocks inside use them in arithmetic such as 2*d_model; each use sets them.</source>
        <translation>内部的模块可在 2*d_model 之类的算式中使用它们；每处使用时分别设定。</translation>
    </message>
    <message>
        <source>Used in {count} {count:place|places}: an edit inside changes all of them.</source>
        <translation>用于 {count} 处：内部的修改会影响所有这些地方。</translation>
    </message>
    <message>
        <source>It is used at {places}.</source>
        <translation>它用于 {places}。</translation>
    </message>
    <message>
        <source>Remove the composite “{name}”</source>
        <translation>移除组合模块“{name}”</translation>
    </message>
    <message>
        <source>Its own</source>
        <translation>自己的</translation>
    </message>
    <message>
        <source>Those of {name}</source>
        <translation>{name} 的</translation>
    </message>
    <message>
        <source>Every composite of this project is used.</source>
        <translation>本项目的所有组合模块都在使用。</translation>
    </message>
    <message>
        <source>Remove {count} unused {count:composite|composites}</source>
        <translation>移除 {count} 个未使用的组合模块</translation>
    </message>
    <message>
        <source>Removed: {names}. Undo brings them back.</source>
        <translation>已移除：{names}。撤销可恢复。</translation>
    </message>
    <message>
        <source>Remove unused composites</source>
        <translation>移除未使用的组合模块</translation>
    </message>
    <message>
        <source>Whose weights it uses: its own, or those of another block of its kind, as siamese networks do.</source>
        <translation>使用谁的权重：自己的，或另一个同类模块的（孪生网络的做法）。</translation>
    </message>
    <message>
        <source>Add it to the canvas</source>
        <translation>添加到画布</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Initial values</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Begin as PyTorch does</source>
        <translation>按 PyTorch 的方式初始化</translation>
    </message>
    <message>
        <source>As PyTorch does</source>
        <translation>PyTorch 默认</translation>
    </message>
    <message>
        <source>several ways</source>
        <translation>多种方式</translation>
    </message>
    <message>
        <source>Set the initial values of {part}</source>
        <translation>设置{part}的初始值</translation>
    </message>
    <message>
        <source>Choose a block on the canvas or in the list to read what it does.</source>
        <translation>在画布或列表中选择一个模块，即可阅读它的说明。</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>The result.</source>
        <translation>计算结果。</translation>
    </message>
    <message>
        <source>The code of “{name}”</source>
        <translation>“{name}”的代码</translation>
    </message>
    <message>
        <source>A new Python block</source>
        <translation>新建 Python 模块</translation>
    </message>
    <message>
        <source>New Python block…</source>
        <translation>新建 Python 模块…</translation>
    </message>
    <message>
        <source>A class of nn.Module, or a function. Its arguments become inputs and settings; your own code runs on this computer with all your rights.</source>
        <translation>一个 nn.Module 类或一个函数。它的参数会成为输入和设置项；你自己的代码以你的全部权限在本机运行。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Add the block</source>
        <translation>添加模块</translation>
    </message>
    <message>
        <source>Write the Python block “{name}”</source>
        <translation>编写 Python 模块“{name}”</translation>
    </message>
    <message>
        <source>They were not applied.</source>
        <translation>这些修改尚未应用。</translation>
    </message>
    <message>
        <source>Trust the code of this project?</source>
        <translation>信任本项目的代码吗？</translation>
    </message>
    <message>
        <source>This project brings Python code. Once trusted it runs on this computer with all your rights: it can read and delete your files. Trust it only if you know who wrote it, or understand it.</source>
        <translation>本项目带有 Python 代码。一旦信任，它将以你的全部权限在本机运行：可以读取和删除你的文件。只有在你了解作者或看懂代码时才信任它。</translation>
    </message>
    <message>
        <source>Trust this code</source>
        <translation>信任这些代码</translation>
    </message>
    <message>
        <source>Do not trust it</source>
        <translation>不信任</translation>
    </message>
    <message>
        <source>Inputs: {inputs} · Outputs: {outputs} · Settings: {settings}</source>
        <translation>输入：{inputs} · 输出：{outputs} · 设置：{settings}</translation>
    </message>
    <message>
        <source>Edit the code…</source>
        <translation>编辑代码…</translation>
    </message>
    <message>
        <source>It is drawn in this project. Delete its blocks first.</source>
        <translation>它正在本项目中使用，请先删除它的模块。</translation>
    </message>
    <message>
        <source>Remove the Python block “{name}”</source>
        <translation>移除 Python 模块“{name}”</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>for networks with an embedding</source>
        <translation>用于带嵌入的网络</translation>
    </message>
    <message>
        <source>for networks with several dense layers</source>
        <translation>用于有多个全连接层的网络</translation>
    </message>
    <message>
        <source>for classes</source>
        <translation>用于类别</translation>
    </message>
    <message>
        <source>for a class at every place</source>
        <translation>用于每个位置一个类别</translation>
    </message>
    <message>
        <source>for numbers</source>
        <translation>用于数值</translation>
    </message>
    <message>
        <source>for yes or no</source>
        <translation>用于是或否</translation>
    </message>
    <message>
        <source>For other data</source>
        <translation>用于其他数据</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Used in one place.</source>
        <translation>用于一处。</translation>
    </message>
    <message>
        <source>Used nowhere.</source>
        <translation>尚未使用。</translation>
    </message>
    <message>
        <source>Back to what arrives</source>
        <translation>恢复为取自到达的数据</translation>
    </message>
    <message>
        <source> with {lengths}</source>
        <translation>（{lengths}）</translation>
    </message>
    <message>
        <source>Where its value comes from</source>
        <translation>它的值从哪里来</translation>
    </message>
    <message>
        <source>Its default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>Size at “{port}”</source>
        <translation>“{port}”处的尺寸</translation>
    </message>
    <message>
        <source>Dimension {number}</source>
        <translation>第 {number} 维</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>Choice or text</source>
        <translation>选项或文本</translation>
    </message>
    <message>
        <source>Size or pair of sizes</source>
        <translation>尺寸或一对尺寸</translation>
    </message>
    <message>
        <source>Search commands or keys</source>
        <translation>搜索命令或按键</translation>
    </message>
    <message>
        <source>All as they were</source>
        <translation>全部恢复原样</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>新的按键</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <source>Keys of “{command}”</source>
        <translation>“{command}”的按键</translation>
    </message>
    <message>
        <source>Choose a command to change its keys</source>
        <translation>选择一个命令以更改它的按键</translation>
    </message>
    <message>
        <source>{keys} does “{command}” now, which would lose it.</source>
        <translation>{keys} 现在用于“{command}”；设定后它将失去此按键。</translation>
    </message>
    <message>
        <source>Esc always cancels. Press other keys.</source>
        <translation>Esc 始终表示取消。请按其他按键。</translation>
    </message>
    <message>
        <source>{keys} is needed for typing. Press it with Ctrl or Alt.</source>
        <translation>{keys} 在输入文字时需要。请与 Ctrl 或 Alt 一起按。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts…</source>
        <translation>键盘快捷键…</translation>
    </message>
    <message>
        <source>Only the canvas</source>
        <translation>只显示画布</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>{keys} brings the panels back.</source>
        <translation>按 {keys} 恢复面板。</translation>
    </message>
    <message>
        <source>Drag a block onto the canvas, or press Tab there and type a few letters of its name, in English or Chinese.</source>
        <translation>把模块拖到画布上；或在画布上按 Tab，输入名称中的几个字，中英文均可。</translation>
    </message>
    <message>
        <source>The canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Pull wires from port to port. Each shows the shape that flows through it, and what does not fit is refused with the reason. Everything can be undone.</source>
        <translation>从一个端口拉线到另一个端口。每条连线显示流过的形状；不合适的连接会说明原因并被拒绝。一切操作都可以撤销。</translation>
    </message>
    <message>
        <source>The inspector</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Choose a block to set its parameters; sizes of what arrives are read off by themselves. F1 explains the block.</source>
        <translation>选中一个模块即可设置参数；到达张量的尺寸会自动读取。按 F1 查看该模块的说明。</translation>
    </message>
    <message>
        <source>Every mistake is listed with what was expected and what arrived, and often with a mend to click. F8 goes to the next one.</source>
        <translation>每个错误都列出应为什么、实际是什么，多数还可一键修正。按 F8 跳到下一个。</translation>
    </message>
    <message>
        <source>Choose a device and press Train: curves are drawn live while you go on working. What is trained, on which data and how is in the inspector while no block is chosen.</source>
        <translation>选择设备并按“训练”：曲线实时绘制，您可以继续工作。不选中任何模块时，属性面板里是训练的网络、数据与方式。</translation>
    </message>
    <message>
        <source>Judge and take away</source>
        <translation>评估与导出</translation>
    </message>
    <message>
        <source>Look at what the trained network gets wrong, then export it: weights, plain PyTorch code, ONNX and more.</source>
        <translation>查看训练好的网络错在哪里，然后导出：权重、纯 PyTorch 代码、ONNX 等。</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>{step} of {count}</source>
        <translation>第 {step} 步，共 {count} 步</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Tour of the window</source>
        <translation>窗口导览</translation>
    </message>
    <message>
        <source>The last one</source>
        <translation>最后一维</translation>
    </message>
    <message>
        <source>Read off what arrives, unless it is set.</source>
        <translation>取自到达的数据，除非另行设置。</translation>
    </message>
    <message>
        <source>Train it as {role}</source>
        <translation>作为{role}训练</translation>
    </message>
</context>
</TS>
