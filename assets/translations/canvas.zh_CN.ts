<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Add a frame</source>
        <translation>添加分组框</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>添加便签</translation>
    </message>
    <message>
        <source>Add block…</source>
        <translation>添加模块…</translation>
    </message>
    <message>
        <source>Add {block}</source>
        <translation>添加 {block}</translation>
    </message>
    <message>
        <source>An input cannot feed an input. Drop the wire on an output.</source>
        <translation>输入不能连到输入。请把连线放到一个输出上。</translation>
    </message>
    <message>
        <source>An output cannot feed an output. Drop the wire on an input.</source>
        <translation>输出不能连到输出。请把连线放到一个输入上。</translation>
    </message>
    <message>
        <source>Arrange blocks</source>
        <translation>自动排列</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>自动排列</translation>
    </message>
    <message>
        <source>Bypass {count} blocks</source>
        <translation>切换 {count} 个模块的旁路</translation>
    </message>
    <message>
        <source>Bypass “{name}”</source>
        <translation>切换“{name}”的旁路</translation>
    </message>
    <message>
        <source>Bypassed: passes its input through unchanged.</source>
        <translation>已旁路：输入原样通过。</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>旁路</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>画布</translation>
    </message>
    <message>
        <source>Change the size of a frame</source>
        <translation>调整分组框的大小</translation>
    </message>
    <message>
        <source>Change the size of a note</source>
        <translation>调整便签的大小</translation>
    </message>
    <message>
        <source>Collapse {count} blocks</source>
        <translation>折叠或展开 {count} 个模块</translation>
    </message>
    <message>
        <source>Collapse “{name}”</source>
        <translation>折叠或展开“{name}”</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Connect by keys</source>
        <translation>用键盘连线</translation>
    </message>
    <message>
        <source>Connect “{source}” to “{target}”</source>
        <translation>连接“{source}”到“{target}”</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Cut a wire</source>
        <translation>切断一条连线</translation>
    </message>
    <message>
        <source>Cut out {count} blocks</source>
        <translation>剪切 {count} 个模块</translation>
    </message>
    <message>
        <source>Cut out “{name}”</source>
        <translation>剪切“{name}”</translation>
    </message>
    <message>
        <source>Cut {count} wires</source>
        <translation>切断 {count} 条连线</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Delete a frame</source>
        <translation>删除分组框</translation>
    </message>
    <message>
        <source>Delete a note</source>
        <translation>删除便签</translation>
    </message>
    <message>
        <source>Delete a wire</source>
        <translation>删除一条连线</translation>
    </message>
    <message>
        <source>Delete and rejoin</source>
        <translation>删除并接上两端</translation>
    </message>
    <message>
        <source>Delete {count} blocks</source>
        <translation>删除 {count} 个模块</translation>
    </message>
    <message>
        <source>Delete {count} wires</source>
        <translation>删除 {count} 条连线</translation>
    </message>
    <message>
        <source>Delete {count} blocks and rejoin</source>
        <translation>删除 {count} 个模块并接上两端</translation>
    </message>
    <message>
        <source>Delete “{name}” and rejoin</source>
        <translation>删除“{name}”并接上两端</translation>
    </message>
    <message>
        <source>Delete “{name}”</source>
        <translation>删除“{name}”</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Disable a wire</source>
        <translation>停用一条连线</translation>
    </message>
    <message>
        <source>Disable {count} wires</source>
        <translation>停用 {count} 条连线</translation>
    </message>
    <message>
        <source>Disabled: carries nothing.</source>
        <translation>已停用：不传递数据。</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Disconnect “{source}” from “{target}”</source>
        <translation>断开“{source}”与“{target}”</translation>
    </message>
    <message>
        <source>Drag a block from the left, or press Tab to search for one.</source>
        <translation>从左侧拖入一个模块，或按 Tab 键搜索。</translation>
    </message>
    <message>
        <source>Draw a network</source>
        <translation>画一个网络</translation>
    </message>
    <message>
        <source>Duplicate {count} blocks</source>
        <translation>复制 {count} 个模块一份</translation>
    </message>
    <message>
        <source>Duplicate “{name}”</source>
        <translation>复制“{name}”一份</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>再制一份</translation>
    </message>
    <message>
        <source>Enable or disable wire</source>
        <translation>启用或停用连线</translation>
    </message>
    <message>
        <source>Enable a wire</source>
        <translation>启用一条连线</translation>
    </message>
    <message>
        <source>Enable {count} wires</source>
        <translation>启用 {count} 条连线</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Error: {what}</source>
        <translation>错误：{what}</translation>
    </message>
    <message>
        <source>Expected: {what}</source>
        <translation>应为：{what}</translation>
    </message>
    <message>
        <source>Frame around selection</source>
        <translation>为选中内容加分组框</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>分组框</translation>
    </message>
    <message>
        <source>Freeze {count} blocks</source>
        <translation>切换 {count} 个模块的冻结</translation>
    </message>
    <message>
        <source>Freeze “{name}”</source>
        <translation>切换“{name}”的冻结</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Frozen: training does not change its weights.</source>
        <translation>已冻结：训练不会改变它的权重。</translation>
    </message>
    <message>
        <source>Go to the block above</source>
        <translation>转到上方的模块</translation>
    </message>
    <message>
        <source>Go to the block below</source>
        <translation>转到下方的模块</translation>
    </message>
    <message>
        <source>Go to what feeds it</source>
        <translation>转到上游模块</translation>
    </message>
    <message>
        <source>Go to what it feeds</source>
        <translation>转到下游模块</translation>
    </message>
    <message>
        <source>Insert block</source>
        <translation>插入模块</translation>
    </message>
    <message>
        <source>Invert selection</source>
        <translation>反选</translation>
    </message>
    <message>
        <source>May stay unconnected.</source>
        <translation>可以不连接。</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Move a frame</source>
        <translation>移动分组框</translation>
    </message>
    <message>
        <source>Move a note</source>
        <translation>移动便签</translation>
    </message>
    <message>
        <source>Move a wire</source>
        <translation>移动一条连线</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move far down</source>
        <translation>大步下移</translation>
    </message>
    <message>
        <source>Move far left</source>
        <translation>大步左移</translation>
    </message>
    <message>
        <source>Move far right</source>
        <translation>大步右移</translation>
    </message>
    <message>
        <source>Move far up</source>
        <translation>大步上移</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move {count} blocks</source>
        <translation>移动 {count} 个模块</translation>
    </message>
    <message>
        <source>Move {count} wires</source>
        <translation>移动 {count} 条连线</translation>
    </message>
    <message>
        <source>Move “{name}”</source>
        <translation>移动“{name}”</translation>
    </message>
    <message>
        <source>Multiply-adds a sample: {count}</source>
        <translation>每个样本的乘加次数：{count}</translation>
    </message>
    <message>
        <source>No port fits: add another block first.</source>
        <translation>没有合适的端口：请先添加另一个模块。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>便签</translation>
    </message>
    <message>
        <source>Open composite</source>
        <translation>打开组合模块</translation>
    </message>
    <message>
        <source>Or open a template.</source>
        <translation>也可以打开一个模板。</translation>
    </message>
    <message>
        <source>Parameters: {count}</source>
        <translation>参数量：{count}</translation>
    </message>
    <message>
        <source>Paste with incoming wires</source>
        <translation>连同输入连线一起粘贴</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Pull {count} blocks out</source>
        <translation>抽出 {count} 个模块</translation>
    </message>
    <message>
        <source>Pull “{name}” out</source>
        <translation>把“{name}”抽出</translation>
    </message>
    <message>
        <source>Put “{name}” into a wire</source>
        <translation>把“{name}”插入连线</translation>
    </message>
    <message>
        <source>Received: {what}</source>
        <translation>实为：{what}</translation>
    </message>
    <message>
        <source>Rename a frame</source>
        <translation>重命名分组框</translation>
    </message>
    <message>
        <source>Rename “{old}” to “{new}”</source>
        <translation>把“{old}”重命名为“{new}”</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Select a block to connect first.</source>
        <translation>请先选中要连接的模块。</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Select the blocks that the frame is to go round.</source>
        <translation>请先选中要放进分组框的模块。</translation>
    </message>
    <message>
        <source>Select what feeds it</source>
        <translation>选中所有上游</translation>
    </message>
    <message>
        <source>Select what it feeds</source>
        <translation>选中所有下游</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show selection</source>
        <translation>显示选中内容</translation>
    </message>
    <message>
        <source>Take all wires off “{name}”</source>
        <translation>断开“{name}”这个端口的所有连线</translation>
    </message>
    <message>
        <source>Takes any number of wires, in order.</source>
        <translation>可接任意多条连线，按顺序。</translation>
    </message>
    <message>
        <source>Takes {rank} dimensions, batch included.</source>
        <translation>接受 {rank} 维（含批维度）。</translation>
    </message>
    <message>
        <source>The shape is not known yet.</source>
        <translation>形状尚未确定。</translation>
    </message>
    <message>
        <source>There is nothing to paste.</source>
        <translation>没有可以粘贴的内容。</translation>
    </message>
    <message>
        <source>Uses the weights of “{name}”.</source>
        <translation>共享“{name}”的权重。</translation>
    </message>
    <message>
        <source>Warning: {what}</source>
        <translation>警告：{what}</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>编辑便签</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>缩放到 100 %</translation>
    </message>
    <message>
        <source>bypassed</source>
        <translation>已旁路</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>input “{name}”</source>
        <translation>输入“{name}”</translation>
    </message>
    <message>
        <source>no {what}</source>
        <translation>无{what}</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>output “{name}”</source>
        <translation>输出“{name}”</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{count} {count:block|blocks}</source>
        <translation>{count} 个模块</translation>
    </message>
    <message>
        <source>{count} {count:number|numbers} a sample, {size}</source>
        <translation>每个样本 {count} 个数，{size}</translation>
    </message>
    <message>
        <source>“{name}” has no input.</source>
        <translation>“{name}”没有输入。</translation>
    </message>
    <message>
        <source>“{name}” has no output.</source>
        <translation>“{name}”没有输出。</translation>
    </message>
    <message>
        <source>Make a composite</source>
        <translation>创建组合模块</translation>
    </message>
    <message>
        <source>“{name}” is made. Double-click it to go inside.</source>
        <translation>已创建“{name}”。双击可进入其内部。</translation>
    </message>
    <message>
        <source>Take the composite apart</source>
        <translation>拆开组合模块</translation>
    </message>
    <message>
        <source>Give it its own copy</source>
        <translation>使用独立副本</translation>
    </message>
    <message>
        <source>Select a composite to take it apart.</source>
        <translation>请选择要拆开的组合模块。</translation>
    </message>
    <message>
        <source>Take “{name}” apart</source>
        <translation>拆开“{name}”</translation>
    </message>
    <message>
        <source>Take {count} {count:composite|composites} apart</source>
        <translation>拆开 {count} 个组合模块</translation>
    </message>
    <message>
        <source>Select one composite to give it its own copy.</source>
        <translation>请选择一个组合模块，让它使用独立副本。</translation>
    </message>
    <message>
        <source>“{name}” is used here only: it is its own already.</source>
        <translation>“{name}”只在这里使用：它已经是独立的。</translation>
    </message>
    <message>
        <source>Give “{name}” its own copy</source>
        <translation>让“{name}”使用独立副本</translation>
    </message>
    <message>
        <source>There is nothing to draw: “{name}” is empty.</source>
        <translation>没有可画的内容：“{name}”是空的。</translation>
    </message>
    <message>
        <source>SVG: lines and text, for the web</source>
        <translation>SVG：矢量图与文字，适合网页</translation>
    </message>
    <message>
        <source>PDF: lines and text, for LaTeX</source>
        <translation>PDF：矢量图与文字，适合 LaTeX</translation>
    </message>
    <message>
        <source>PNG: pixels, for slides</source>
        <translation>PNG：像素图，适合幻灯片</translation>
    </message>
    <message>
        <source>Transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部内容</translation>
    </message>
    <message>
        <source>The selection</source>
        <translation>选中的部分</translation>
    </message>
    <message>
        <source>Save as a picture…</source>
        <translation>保存为图片…</translation>
    </message>
    <message>
        <source>Picture of the canvas</source>
        <translation>画布图片</translation>
    </message>
    <message>
        <source>What is drawn</source>
        <translation>绘制内容</translation>
    </message>
    <message>
        <source>Nothing is selected, so everything is drawn.</source>
        <translation>没有选中任何内容，因此绘制全部。</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Shapes on the wires</source>
        <translation>连线上的形状</translation>
    </message>
    <message>
        <source>Marks of problems</source>
        <translation>问题标记</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>{wide} × {high} cm</source>
        <translation>{wide} × {high} 厘米</translation>
    </message>
    <message>
        <source>{columns} × {rows} pixels, {wide} × {high} cm</source>
        <translation>{columns} × {rows} 像素，{wide} × {high} 厘米</translation>
    </message>
    <message>
        <source>{size}. More pixels would be too many for a PNG.</source>
        <translation>{size}。像素再多就超出 PNG 的上限了。</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Lines are sharp in every size; only a PNG has pixels.</source>
        <translation>线条在任何尺寸下都清晰；只有 PNG 有像素。</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Show or hide the minimap</source>
        <translation>显示或隐藏缩略图</translation>
    </message>
    <message>
        <source>Move the minimap on</source>
        <translation>移动缩略图到下一角</translation>
    </message>
    <message>
        <source>Hide the minimap</source>
        <translation>隐藏缩略图</translation>
    </message>
    <message>
        <source>Bottom right</source>
        <translation>右下角</translation>
    </message>
    <message>
        <source>Bottom left</source>
        <translation>左下角</translation>
    </message>
    <message>
        <source>Top left</source>
        <translation>左上角</translation>
    </message>
    <message>
        <source>Top right</source>
        <translation>右上角</translation>
    </message>
    <message>
        <source>Click or drag to look elsewhere. The wheel zooms, the right button offers other corners.</source>
        <translation>单击或拖动以查看其他位置。滚轮缩放，右键可换到其他角落。</translation>
    </message>
    <message>
        <source>Lead a wire through a point</source>
        <translation>让连线经过一个点</translation>
    </message>
    <message>
        <source>Move a point of a wire</source>
        <translation>移动连线上的点</translation>
    </message>
    <message>
        <source>Take a point out of a wire</source>
        <translation>移除连线上的点</translation>
    </message>
    <message>
        <source>Take all points out of a wire</source>
        <translation>移除连线上的所有点</translation>
    </message>
    <message>
        <source>Alt+click</source>
        <translation>Alt+单击</translation>
    </message>
    <message>
        <source>Lead it through this point</source>
        <translation>让它经过此点</translation>
    </message>
    <message>
        <source>Take all points out</source>
        <translation>移除所有点</translation>
    </message>
    <message>
        <source>“{name}” cannot be bypassed: it does not have an input to pass on to an output.</source>
        <translation>“{name}”不能旁路：它没有可以直接传到输出的输入。</translation>
    </message>
    <message>
        <source>“{name}” cannot be bypassed: it makes {made} of {given}, and what is behind it needs that.</source>
        <translation>“{name}”不能旁路：它把 {given} 变为 {made}，后面的模块需要后者。</translation>
    </message>
    <message>
        <source>Both?</source>
        <translation>两者都要？</translation>
    </message>
    <message>
        <source>Add them</source>
        <translation>相加</translation>
    </message>
    <message>
        <source>Join them</source>
        <translation>拼接</translation>
    </message>
    <message>
        <source>Add both before “{name}”</source>
        <translation>在“{name}”之前相加两者</translation>
    </message>
    <message>
        <source>Join both before “{name}”</source>
        <translation>在“{name}”之前拼接两者</translation>
    </message>
    <message>
        <source>Select at least two blocks to put in line.</source>
        <translation>请至少选中两个模块来对齐。</translation>
    </message>
    <message>
        <source>Align {count} blocks</source>
        <translation>对齐 {count} 个模块</translation>
    </message>
    <message>
        <source>Select at least three blocks to put at equal distances.</source>
        <translation>请至少选中三个模块来均匀分布。</translation>
    </message>
    <message>
        <source>Distribute {count} blocks</source>
        <translation>均匀分布 {count} 个模块</translation>
    </message>
    <message>
        <source>They stand so already.</source>
        <translation>它们已经是这样排列的。</translation>
    </message>
    <message>
        <source>Select the blocks to pin first.</source>
        <translation>请先选中要固定的模块。</translation>
    </message>
    <message>
        <source>Unpin “{name}”</source>
        <translation>取消固定“{name}”</translation>
    </message>
    <message>
        <source>Unpin {count} {count:block|blocks}</source>
        <translation>取消固定 {count} 个模块</translation>
    </message>
    <message>
        <source>Pin “{name}”</source>
        <translation>固定“{name}”</translation>
    </message>
    <message>
        <source>Pin {count} {count:block|blocks}</source>
        <translation>固定 {count} 个模块</translation>
    </message>
    <message>
        <source>“{name}” is pinned. Press P to let it move.</source>
        <translation>“{name}”已固定。按 P 键可让它移动。</translation>
    </message>
    <message>
        <source>{count} {count:block is|blocks are} pinned. Press P to let them move.</source>
        <translation>{count} 个模块已固定。按 P 键可让它们移动。</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Pin in place</source>
        <translation>固定位置</translation>
    </message>
    <message>
        <source>Align left edges</source>
        <translation>左边缘对齐</translation>
    </message>
    <message>
        <source>Align right edges</source>
        <translation>右边缘对齐</translation>
    </message>
    <message>
        <source>Align upper edges</source>
        <translation>上边缘对齐</translation>
    </message>
    <message>
        <source>Align lower edges</source>
        <translation>下边缘对齐</translation>
    </message>
    <message>
        <source>Centre in a column</source>
        <translation>按列居中对齐</translation>
    </message>
    <message>
        <source>Centre in a row</source>
        <translation>按行居中对齐</translation>
    </message>
    <message>
        <source>Distribute side by side</source>
        <translation>水平均匀分布</translation>
    </message>
    <message>
        <source>Distribute downwards</source>
        <translation>垂直均匀分布</translation>
    </message>
    <message>
        <source>Align and distribute</source>
        <translation>对齐与分布</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Colour a frame</source>
        <translation>更改分组框颜色</translation>
    </message>
    <message>
        <source>Colour {count} {count:frame|frames}</source>
        <translation>更改 {count} 个分组框的颜色</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Nothing on this canvas can be changed. Click to unlock it.</source>
        <translation>此画布上的内容不能更改。单击可解锁。</translation>
    </message>
    <message>
        <source>Unlock the canvas</source>
        <translation>解锁画布</translation>
    </message>
    <message>
        <source>The canvas is locked: nothing on it is changed.</source>
        <translation>画布已锁定：上面的内容不会被更改。</translation>
    </message>
    <message>
        <source>The canvas is unlocked.</source>
        <translation>画布已解锁。</translation>
    </message>
    <message>
        <source>The canvas is locked. Unlock it to change something.</source>
        <translation>画布已锁定。请先解锁再做更改。</translation>
    </message>
    <message>
        <source>Lock or unlock the canvas</source>
        <translation>锁定或解锁画布</translation>
    </message>
    <message>
        <source>Lock the canvas</source>
        <translation>锁定画布</translation>
    </message>
    <message>
        <source>Hide unused ports</source>
        <translation>隐藏未用端口</translation>
    </message>
    <message>
        <source>The selected blocks have no unused ports.</source>
        <translation>所选模块没有未用的端口。</translation>
    </message>
    <message>
        <source>Select the blocks whose unused ports are to be hidden first.</source>
        <translation>请先选择要隐藏未用端口的模块。</translation>
    </message>
    <message>
        <source>Show all ports of “{name}”</source>
        <translation>显示“{name}”的全部端口</translation>
    </message>
    <message>
        <source>Show all ports of {count} {count:block|blocks}</source>
        <translation>显示 {count} 个模块的全部端口</translation>
    </message>
    <message>
        <source>Hide unused ports of “{name}”</source>
        <translation>隐藏“{name}”的未用端口</translation>
    </message>
    <message>
        <source>Hide unused ports of {count} {count:block|blocks}</source>
        <translation>隐藏 {count} 个模块的未用端口</translation>
    </message>
    <message>
        <source>{count} unused {count:port is|ports are} hidden.</source>
        <translation>有 {count} 个未用端口被隐藏。</translation>
    </message>
    <message>
        <source>{count} unused {count:port|ports} hidden</source>
        <translation>{count} 个未用端口已隐藏</translation>
    </message>
    <message>
        <source>Flow downwards or to the right</source>
        <translation>自上而下或自左向右</translation>
    </message>
    <message>
        <source>Let data flow downwards</source>
        <translation>让数据自上而下流动</translation>
    </message>
    <message>
        <source>Let data flow to the right</source>
        <translation>让数据自左向右流动</translation>
    </message>
    <message>
        <source>The new wire took the place of another. Press Tab to bring both to the input instead.</source>
        <translation>新连线取代了原来的连线。按 Tab 可改为把两者都接到该输入。</translation>
    </message>
</context>
</TS>
