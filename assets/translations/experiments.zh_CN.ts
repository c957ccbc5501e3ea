<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Shared weights</source>
        <translation>共享权重</translation>
    </message>
    <message>
        <source>Learning rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>{what} added</source>
        <translation>新增 {what}</translation>
    </message>
    <message>
        <source>{what} changed</source>
        <translation>{what} 已更改</translation>
    </message>
    <message>
        <source>{what} removed</source>
        <translation>删除 {what}</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Network “{name}”</source>
        <translation>网络“{name}”</translation>
    </message>
    <message>
        <source>Composite “{name}”</source>
        <translation>组合模块“{name}”</translation>
    </message>
    <message>
        <source>Order of inputs</source>
        <translation>输入的顺序</translation>
    </message>
    <message>
        <source>Order of outputs</source>
        <translation>输出的顺序</translation>
    </message>
    <message>
        <source>Initial biases</source>
        <translation>初始偏置</translation>
    </message>
    <message>
        <source>Initial weights</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>as PyTorch makes them</source>
        <translation>与 PyTorch 相同</translation>
    </message>
    <message>
        <source>Wire {source} – {target}</source>
        <translation>连线 {source} – {target}</translation>
    </message>
    <message>
        <source>Code of “{name}”</source>
        <translation>“{name}”的代码</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>what to vary: PATH=low..high, PATH=low..high:log, or PATH=a,b,c; for a grid with a number of points behind another colon. PATH is that of --set</source>
        <translation>要变化的设置：PATH=下限..上限、PATH=下限..上限:log 或 PATH=a,b,c；网格搜索可再加一个冒号和点数。PATH 与 --set 相同</translation>
    </message>
    <message>
        <source>set anything of the project for all trials; “--set help” of train lists it all</source>
        <translation>为所有试验设置项目中的任意内容；train 的“--set help”列出全部</translation>
    </message>
    <message>
        <source>how values are chosen: all of a grid, at random, or by what was learned (bayes)</source>
        <translation>取值方式：grid 遍历网格，random 随机，bayes 根据已有结果选择</translation>
    </message>
    <message>
        <source>end after so many trials</source>
        <translation>达到此试验次数后结束</translation>
    </message>
    <message>
        <source>begin no trial after this time</source>
        <translation>超过此时间（秒）后不再开始新试验</translation>
    </message>
    <message>
        <source>the figure that counts, such as val_loss or val_accuracy; that of the best epoch</source>
        <translation>作为目标的指标，例如 val_loss 或 val_accuracy；取最佳一轮的值</translation>
    </message>
    <message>
        <source>whether less or more of it is better; known by itself for metrics of the catalogue</source>
        <translation>指标越小还是越大越好；目录中的指标会自动判断</translation>
    </message>
    <message>
        <source>end trials early that do worse than most; bayes does so by itself</source>
        <translation>提前结束不如多数的试验；bayes 默认如此</translation>
    </message>
    <message>
        <source>let every trial come to its end</source>
        <translation>让每次试验都训练到底</translation>
    </message>
    <message>
        <source>number that the choices start from</source>
        <translation>取值所用的随机种子</translation>
    </message>
    <message>
        <source>go on with the sweep in this folder</source>
        <translation>继续此文件夹中的参数搜索</translation>
    </message>
    <message>
        <source>{option} takes one of {known}, not “{text}”.</source>
        <translation>{option} 的取值为 {known} 之一，不能是“{text}”。</translation>
    </message>
    <message>
        <source>A sweep goes on as it began: leave out --vary, --set and --epochs.</source>
        <translation>参数搜索按开始时的设置继续：请去掉 --vary、--set 和 --epochs。</translation>
    </message>
    <message>
        <source>trial {number}</source>
        <translation>试验 {number}</translation>
    </message>
    <message>
        <source>Trial</source>
        <translation>试验</translation>
    </message>
    <message>
        <source>What mattered: {shares}</source>
        <translation>影响大小：{shares}</translation>
    </message>
    <message>
        <source>{count} {count:trial|trials} in {time}. The sweep is in {folder}</source>
        <translation>共 {count} 次试验，用时 {time}。参数搜索保存在 {folder}</translation>
    </message>
    <message>
        <source>No trial came to its end.</source>
        <translation>没有任何试验训练到底。</translation>
    </message>
    <message>
        <source>--resume goes on with it: {folder}</source>
        <translation>用 --resume 继续：{folder}</translation>
    </message>
    <message>
        <source>Train a project with many settings, and find the best.</source>
        <translation>用多组设置训练项目，找出最好的一组。</translation>
    </message>
    <message>
        <source>This sweep was written by a newer version of Netwright.</source>
        <translation>此参数搜索由更新版本的 Netwright 写入。</translation>
    </message>
    <message>
        <source>“{text}” varies nothing. Write PATH=low..high, PATH=low..high:log or PATH=a,b,c, such as plan.optimizers.model.lr=0.0001..0.1:log.</source>
        <translation>“{text}”没有变化任何设置。请写成 PATH=下限..上限、PATH=下限..上限:log 或 PATH=a,b,c，例如 plan.optimizers.model.lr=0.0001..0.1:log。</translation>
    </message>
    <message>
        <source>{what} takes no numbers. Give some of its values, such as {path}={some}.</source>
        <translation>{what} 不是数值。请给出若干取值，例如 {path}={some}。</translation>
    </message>
    <message>
        <source>{what}: “{text}” is no range. Write low..high, such as 0.001..0.1; by factors low..high:log, with a low end above 0.</source>
        <translation>{what}：“{text}”不是范围。请写成 下限..上限，例如 0.001..0.1；按倍数变化则写 下限..上限:log，且下限大于 0。</translation>
    </message>
    <message>
        <source>Say what to vary: at least one setting, with its values.</source>
        <translation>请指定要变化的内容：至少一个设置及其取值。</translation>
    </message>
    <message>
        <source>“{path}” is varied twice.</source>
        <translation>“{path}”被变化了两次。</translation>
    </message>
    <message>
        <source>Say when the sweep ends: after how many trials, or after what time.</source>
        <translation>请指定何时结束：试验次数或时间。</translation>
    </message>
    <message>
        <source>These would be {count} trials. A sweep has at most {most}: leave out values, or limit the trials.</source>
        <translation>这将有 {count} 次试验，最多允许 {most} 次：请减少取值，或限制试验次数。</translation>
    </message>
    <message>
        <source>The run is still going on. Stop it first.</source>
        <translation>此次训练仍在进行，请先停止。</translation>
    </message>
    <message>
        <source>The run in {folder} cannot be deleted: {reason}.</source>
        <translation>无法删除 {folder} 中的训练：{reason}。</translation>
    </message>
    <message>
        <source>The sweep came to its end. Begin another one.</source>
        <translation>此参数搜索已经结束，请新建一个。</translation>
    </message>
    <message>
        <source>The sweep is still going on (process {pid}). Stop it first.</source>
        <translation>此参数搜索仍在进行（进程 {pid}），请先停止。</translation>
    </message>
    <message>
        <source>There is no figure “{metric}”. There are: {known}.</source>
        <translation>没有指标“{metric}”。现有：{known}。</translation>
    </message>
    <message>
        <source>Sweeps that learn from their trials need one more package: pip install netwright[sweep].</source>
        <translation>会从试验中学习的参数搜索还需要一个软件包：pip install netwright[sweep]。</translation>
    </message>
    <message>
        <source>No sweep can be kept in {folder}: {reason}.</source>
        <translation>无法在 {folder} 中保存参数搜索：{reason}。</translation>
    </message>
    <message>
        <source>There is no sweep in {folder}.</source>
        <translation>{folder} 中没有参数搜索。</translation>
    </message>
    <message>
        <source>The record of the sweep in {folder} is damaged.</source>
        <translation>{folder} 中的参数搜索记录已损坏。</translation>
    </message>
    <message>
        <source>Pruned</source>
        <translation>已剪枝</translation>
    </message>
    <message>
        <source>Leave the comparison</source>
        <translation>退出比较</translation>
    </message>
    <message>
        <source>Compared with {what}</source>
        <translation>与{what}比较</translation>
    </message>
    <message>
        <source>+ {count} added</source>
        <translation>+ 新增 {count}</translation>
    </message>
    <message>
        <source>≠ {count} changed</source>
        <translation>≠ 更改 {count}</translation>
    </message>
    <message>
        <source>− {count} removed</source>
        <translation>− 删除 {count}</translation>
    </message>
    <message>
        <source>Begun with the weights of the run of {when}.</source>
        <translation>以 {when} 的训练所得权重开始。</translation>
    </message>
    <message>
        <source>Restore the project of the run of {when}</source>
        <translation>恢复 {when} 的训练所用的项目</translation>
    </message>
    <message>
        <source>This is the project of the run of {when}. Undo brings yours back.</source>
        <translation>这是 {when} 的训练所用的项目。撤销即可回到您的项目。</translation>
    </message>
    <message>
        <source>Delete {count} {count:run|runs}?</source>
        <translation>删除 {count} 次训练？</translation>
    </message>
    <message>
        <source>Their weights, checkpoints and curves are deleted from the disk. This cannot be undone.</source>
        <translation>它们的权重、检查点和曲线将从磁盘删除，无法撤销。</translation>
    </message>
    <message>
        <source>The run of {when} is deleted from the disk, with its weights, its checkpoint and its curves. This cannot be undone.</source>
        <translation>{when} 的训练将连同权重、检查点和曲线从磁盘删除，无法撤销。</translation>
    </message>
    <message>
        <source>the run of {when}</source>
        <translation> {when} 的训练</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter runs</source>
        <translation>筛选训练</translation>
    </message>
    <message>
        <source>{shown} of {count} {count:run|runs} of this project</source>
        <translation>此项目的 {count} 次训练中的 {shown} 次</translation>
    </message>
    <message>
        <source>Choose two runs or more: hold Ctrl and click.</source>
        <translation>请选择两次或更多训练：按住 Ctrl 单击。</translation>
    </message>
    <message>
        <source>At most {most} runs are compared.</source>
        <translation>最多比较 {most} 次训练。</translation>
    </message>
    <message>
        <source>Back to the table</source>
        <translation>返回表格</translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation>图表显示的内容</translation>
    </message>
    <message>
        <source>Runs beside each other</source>
        <translation>并列的训练</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>{count} {count:run|runs} beside each other: {different} {different:setting differs|settings differ}</source>
        <translation>并列 {count} 次训练：{different} 项设置不同</translation>
    </message>
    <message>
        <source>What this run trained cannot be read.</source>
        <translation>无法读取此次训练所用的项目。</translation>
    </message>
    <message>
        <source>Branch: train on from its weights</source>
        <translation>分支：以其权重开始新的训练</translation>
    </message>
    <message>
        <source>Restore its project</source>
        <translation>恢复其项目</translation>
    </message>
    <message>
        <source>Show the differences on the canvas</source>
        <translation>在画布上显示差异</translation>
    </message>
    <message>
        <source>Compare the chosen runs</source>
        <translation>比较所选训练</translation>
    </message>
    <message>
        <source>Choose two runs or more.</source>
        <translation>请选择两次或更多训练。</translation>
    </message>
    <message>
        <source>Hold all runs against this one</source>
        <translation>所有训练与此次对比</translation>
    </message>
    <message>
        <source>Save the table as CSV…</source>
        <translation>将表格保存为 CSV…</translation>
    </message>
    <message>
        <source>Delete {count} {count:run|runs}…</source>
        <translation>删除 {count} 次训练…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Changes against</source>
        <translation>更改相对于</translation>
    </message>
    <message>
        <source>the run before</source>
        <translation>上一次训练</translation>
    </message>
    <message>
        <source>the canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>the chosen run</source>
        <translation>所选训练</translation>
    </message>
    <message>
        <source>Only these states</source>
        <translation>仅这些状态</translation>
    </message>
    <message>
        <source>Only these tags</source>
        <translation>仅这些标签</translation>
    </message>
    <message>
        <source>Show all runs</source>
        <translation>显示所有训练</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Apply the best</source>
        <translation>采用最佳</translation>
    </message>
    <message>
        <source>Set in the project what the best trial has set; it can be undone.</source>
        <translation>在项目中采用最佳试验的设置；可以撤销。</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>参数搜索</translation>
    </message>
    <message>
        <source>New sweep</source>
        <translation>新建参数搜索</translation>
    </message>
    <message>
        <source>This sweep came to its end. Choose “New sweep”.</source>
        <translation>此参数搜索已经结束，请选择“新建参数搜索”。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Choose “New sweep”.</source>
        <translation>请选择“新建参数搜索”。</translation>
    </message>
    <message>
        <source>{done} of {count}</source>
        <translation>{done} / {count}</translation>
    </message>
    <message>
        <source>Trials: {done}, {time}</source>
        <translation>试验：{done}，{time}</translation>
    </message>
    <message>
        <source>Trials: {done}, {time}. Best: {figure} {value} (trial {number})</source>
        <translation>试验：{done}，{time}。最佳：{figure} {value}（试验 {number}）</translation>
    </message>
    <message>
        <source>Values of {what}</source>
        <translation>{what} 的取值</translation>
    </message>
    <message>
        <source>A range: low..high, by factors low..high:log. Or values, parted by commas: a, b, c.</source>
        <translation>范围：下限..上限，按倍数变化用 下限..上限:log；或用逗号分隔的取值：a, b, c。</translation>
    </message>
    <message>
        <source>Do not vary this</source>
        <translation>不再变化此项</translation>
    </message>
    <message>
        <source>Do not vary {what}</source>
        <translation>不再变化 {what}</translation>
    </message>
    <message>
        <source>Vary a setting</source>
        <translation>变化一项设置</translation>
    </message>
    <message>
        <source>End hopeless trials early</source>
        <translation>提前结束无望的试验</translation>
    </message>
    <message>
        <source>A trial that does worse than most did after as many epochs is ended; its run is kept.</source>
        <translation>若某次试验在相同轮数后不如多数试验，则提前结束；其训练记录会保留。</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Vary a setting…</source>
        <translation>变化一项设置…</translation>
    </message>
    <message>
        <source>Mend the values first.</source>
        <translation>请先改正取值。</translation>
    </message>
    <message>
        <source>Parallel coordinates</source>
        <translation>平行坐标</translation>
    </message>
    <message>
        <source>Trials appear here as they come to their end.</source>
        <translation>试验结束后会显示在这里。</translation>
    </message>
    <message>
        <source>Trial {number}</source>
        <translation>试验 {number}</translation>
    </message>
    <message>
        <source>Trials</source>
        <translation>试验</translation>
    </message>
    <message>
        <source>What mattered</source>
        <translation>影响大小</translation>
    </message>
    <message>
        <source>How much of what the trials differ by is explained by each setting.</source>
        <translation>各项设置对试验差异的解释程度。</translation>
    </message>
    <message>
        <source>Known once some trials have come to their end.</source>
        <translation>待若干试验结束后得出。</translation>
    </message>
    <message>
        <source>All combinations</source>
        <translation>所有组合</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>By what was learned (Bayesian)</source>
        <translation>根据已有结果（贝叶斯）</translation>
    </message>
    <message>
        <source>Values are chosen</source>
        <translation>取值方式</translation>
    </message>
    <message>
        <source>Trials at most</source>
        <translation>最多试验次数</translation>
    </message>
    <message>
        <source>Minutes at most</source>
        <translation>最长时间（分钟）</translation>
    </message>
    <message>
        <source>What counts</source>
        <translation>目标指标</translation>
    </message>
    <message>
        <source>Better is</source>
        <translation>更好的是</translation>
    </message>
    <message>
        <source>less</source>
        <translation>更小</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更大</translation>
    </message>
    <message>
        <source>{when}, {count} {count:trial|trials}</source>
        <translation>{when}，{count} 次试验</translation>
    </message>
    <message>
        <source>{count} {count:trial|trials}</source>
        <translation>{count} 次试验</translation>
    </message>
    <message>
        <source>TensorBoard log</source>
        <translation>TensorBoard 日志</translation>
    </message>
    <message>
        <source>Write a log for TensorBoard into the folder of the run.</source>
        <translation>在训练记录的文件夹中写入 TensorBoard 日志。</translation>
    </message>
    <message>
        <source>A log for TensorBoard needs one more package: pip install netwright[tensorboard]. Or switch “TensorBoard log” off.</source>
        <translation>TensorBoard 日志还需要一个软件包：pip install netwright[tensorboard]。也可以关闭“TensorBoard 日志”。</translation>
    </message>
    <message>
        <source>The log for TensorBoard cannot be written: {reason}.</source>
        <translation>无法写入 TensorBoard 日志：{reason}。</translation>
    </message>
    <message>
        <source>Apply trial {number} of the sweep</source>
        <translation>采用参数搜索的试验 {number}</translation>
    </message>
    <message>
        <source>{count} {count:remark|remarks} on how the data was read.</source>
        <translation>读取数据时有 {count} 条说明。</translation>
    </message>
</context>
</TS>
