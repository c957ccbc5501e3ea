<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Left and right choose the port, up and down where the wire begins. Enter joins, Esc gives up.</source>
        <translation>左右键选择端口，上下键选择连线的起点。回车键连接，Esc 键放弃。</translation>
    </message>
    <message>
        <source>{port}: no port fits</source>
        <translation>{port}：没有合适的端口</translation>
    </message>
    <message>
        <source>{wire}, in place of {source}</source>
        <translation>{wire}，取代 {source}</translation>
    </message>
    <message>
        <source>wire from {source} to {target}</source>
        <translation>从 {source} 到 {target} 的连线</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>No wire begins or ends here.</source>
        <translation>这里没有连线。</translation>
    </message>
    <message>
        <source>Choose its next wire</source>
        <translation>选择它的下一条连线</translation>
    </message>
    <message>
        <source>Choose its last wire</source>
        <translation>选择它的上一条连线</translation>
    </message>
    <message>
        <source>Input {port}</source>
        <translation>输入 {port}</translation>
    </message>
    <message>
        <source>Output {port}</source>
        <translation>输出 {port}</translation>
    </message>
    <message>
        <source>Where the wire begins</source>
        <translation>连线的起点</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不合适</translation>
    </message>
    <message>
        <source>Where the wire from {port} ends</source>
        <translation>从 {port} 出发的连线的终点</translation>
    </message>
    <message>
        <source>What feeds {port}</source>
        <translation>{port} 的来源</translation>
    </message>
    <message>
        <source>Rename the composite “{name}”</source>
        <translation>重命名组合模块“{name}”</translation>
    </message>
    <message>
        <source>Fed by {names}</source>
        <translation>来自 {names}</translation>
    </message>
    <message>
        <source>input {port} from {other}</source>
        <translation>输入 {port} 来自 {other}</translation>
    </message>
    <message>
        <source>output {port} to {other}</source>
        <translation>输出 {port} 到 {other}</translation>
    </message>
    <message>
        <source>Which port?</source>
        <translation>哪个端口？</translation>
    </message>
    <message>
        <source>bypassed</source>
        <translation>已旁路</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>匹配的条目</translation>
    </message>
    <message>
        <source>{name}, dimension {place}</source>
        <translation>{name}，第 {place} 维</translation>
    </message>
    <message>
        <source>My blocks</source>
        <translation>我的模块</translation>
    </message>
    <message>
        <source>Save to my blocks</source>
        <translation>保存到我的模块</translation>
    </message>
    <message>
        <source>{file}: not read</source>
        <translation>{file}：无法读取</translation>
    </message>
    <message>
        <source>Drop it here to keep “{name}” among your blocks.</source>
        <translation>放在这里，把“{name}”保存到我的模块。</translation>
    </message>
    <message>
        <source>Select a composite to keep it among your blocks.</source>
        <translation>先选择一个组合模块，再保存到我的模块。</translation>
    </message>
    <message>
        <source>“{name}” is among your blocks already.</source>
        <translation>我的模块里已经有“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” is among your blocks already</source>
        <translation>我的模块里已经有“{name}”</translation>
    </message>
    <message>
        <source>The one that you keep now is another. Projects that use the old one do not change.</source>
        <translation>现在保存的是另一个模块。使用旧模块的项目不会改变。</translation>
    </message>
    <message>
        <source>Keep it as “{name}”</source>
        <translation>另存为“{name}”</translation>
    </message>
    <message>
        <source>Replace the old one</source>
        <translation>替换旧模块</translation>
    </message>
    <message>
        <source>“{name}” is kept. You find it under “My blocks” in every project.</source>
        <translation>“{name}”已保存。在任何项目的“我的模块”里都能找到它。</translation>
    </message>
    <message>
        <source>Rename “{name}”</source>
        <translation>重命名“{name}”</translation>
    </message>
    <message>
        <source>Remove “{name}” from your blocks?</source>
        <translation>从我的模块中移除“{name}”？</translation>
    </message>
    <message>
        <source>Projects that use it keep it. Its file stays in the folder with “~” behind its name.</source>
        <translation>使用它的项目不受影响。它的文件仍留在文件夹中，文件名后加“~”。</translation>
    </message>
    <message>
        <source>“{name}” stays: {reason}</source>
        <translation>“{name}”没有移除：{reason}</translation>
    </message>
    <message>
        <source>“{name}” is not among your blocks.</source>
        <translation>我的模块里没有“{name}”。</translation>
    </message>
    <message>
        <source>The folder of your blocks cannot be made: {reason}</source>
        <translation>无法创建我的模块的文件夹：{reason}</translation>
    </message>
    <message>
        <source>This project has another Python block “{name}”. Rename one of them.</source>
        <translation>这个项目里已有另一个 Python 模块“{name}”。请重命名其中一个。</translation>
    </message>
    <message>
        <source>It cannot be read: {reason}</source>
        <translation>无法读取：{reason}</translation>
    </message>
    <message>
        <source>It holds no composite.</source>
        <translation>里面没有组合模块。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Code of the block</source>
        <translation>模块的代码</translation>
    </message>
    <message>
        <source>Show in the code</source>
        <translation>在代码中显示</translation>
    </message>
    <message>
        <source>Go to the next part of the window</source>
        <translation>转到窗口的下一部分</translation>
    </message>
    <message>
        <source>Go to the part before</source>
        <translation>转到窗口的上一部分</translation>
    </message>
    <message>
        <source>Set {parameter} of {count} {count:block|blocks}</source>
        <translation>设置 {count} 个模块的{parameter}</translation>
    </message>
    <message>
        <source>Reset {parameter} of {count} {count:block|blocks}</source>
        <translation>重置 {count} 个模块的{parameter}</translation>
    </message>
    <message>
        <source>These blocks have no setting in common.</source>
        <translation>这些模块没有共同的设置。</translation>
    </message>
</context>
</TS>
