<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>“{name}” cannot be read: {reason}</source>
        <translation>“{name}”读不出来：{reason}</translation>
    </message>
    <message>
        <source>This link leads nowhere: “{link}”.</source>
        <translation>这个链接没有去处：“{link}”。</translation>
    </message>
    <message>
        <source>This template has no sweep “{name}”.</source>
        <translation>这个模板里没有参数搜索“{name}”。</translation>
    </message>
    <message>
        <source>There is no block “{name}” here.</source>
        <translation>这里没有名为“{name}”的模块。</translation>
    </message>
    <message>
        <source>There is no panel “{name}”.</source>
        <translation>没有面板“{name}”。</translation>
    </message>
    <message>
        <source>This template has no further project “{name}”.</source>
        <translation>这个模板里没有另一个项目“{name}”。</translation>
    </message>
    <message>
        <source>There is no template “{name}” here.</source>
        <translation>这里没有模板“{name}”。</translation>
    </message>
    <message>
        <source>Nothing is otherwise than it was.</source>
        <translation>一切照旧，什么也没有改变。</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Smaller letters</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Larger letters</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>All templates</source>
        <translation>全部模板</translation>
    </message>
    <message>
        <source>Lesson {number} of {count}</source>
        <translation>第 {number} 课，共 {count} 课</translation>
    </message>
    <message>
        <source>Back from “{name}”</source>
        <translation>从“{name}”返回</translation>
    </message>
    <message>
        <source>Open the project that the lesson begins with.</source>
        <translation>打开这一课开头的项目。</translation>
    </message>
    <message>
        <source>This project comes from no template, so there is no lesson for it.</source>
        <translation>这个项目不是从模板开始的，所以没有对应的课程。</translation>
    </message>
    <message>
        <source>This project comes from no template.</source>
        <translation>这个项目不是从模板开始的。</translation>
    </message>
    <message>
        <source>Choose a template…</source>
        <translation>选择模板…</translation>
    </message>
    <message>
        <source>New from template…</source>
        <translation>从模板新建…</translation>
    </message>
    <message>
        <source>Lesson of the template</source>
        <translation>模板的课程</translation>
    </message>
    <message>
        <source>[Picture not shown: {name}]</source>
        <translation>[图片未显示：{name}]</translation>
    </message>
    <message>
        <source>There is no block “{name}” in the project as it is now.</source>
        <translation>现在的项目里没有名为“{name}”的模块。</translation>
    </message>
    <message>
        <source>Shows the block “{name}” on the canvas</source>
        <translation>在画布上显示模块“{name}”</translation>
    </message>
    <message>
        <source>One step, which can be undone</source>
        <translation>算作一步，可以撤销</translation>
    </message>
    <message>
        <source>Opens the project “{name}” of this lesson</source>
        <translation>打开这一课的项目“{name}”</translation>
    </message>
    <message>
        <source>Opens another template with its lesson</source>
        <translation>打开另一个模板和它的课程</translation>
    </message>
    <message>
        <source>Prepares a sweep; it begins once you start it</source>
        <translation>填好一次参数搜索，由你按下开始</translation>
    </message>
    <message>
        <source>Try: {step}</source>
        <translation>尝试：{step}</translation>
    </message>
    <message>
        <source>{first}; {second}</source>
        <translation>{first}；{second}</translation>
    </message>
    <message>
        <source>This is set already.</source>
        <translation>已经是这样设置的。</translation>
    </message>
    <message>
        <source>✓ read to the end</source>
        <translation>✓ 已读完</translation>
    </message>
    <message>
        <source>not read to the end yet</source>
        <translation>尚未读完</translation>
    </message>
    <message>
        <source>✓ trained</source>
        <translation>✓ 已训练</translation>
    </message>
    <message>
        <source>not trained yet</source>
        <translation>尚未训练</translation>
    </message>
    <message>
        <source>✓ its figure reached</source>
        <translation>✓ 已达到指标</translation>
    </message>
    <message>
        <source>its figure not reached yet</source>
        <translation>尚未达到指标</translation>
    </message>
    <message>
        <source>Next:</source>
        <translation>下一课：</translation>
    </message>
    <message>
        <source>This folder is not there.</source>
        <translation>这个文件夹不在了。</translation>
    </message>
    <message>
        <source>“{name}” holds no template: {reason}</source>
        <translation>“{name}”里没有模板：{reason}</translation>
    </message>
    <message>
        <source>“{name}” holds no template. A template is a folder with a file {file} in it.</source>
        <translation>“{name}”里没有模板。模板是一个含有 {file} 文件的文件夹。</translation>
    </message>
    <message>
        <source>“{name}” is none of your own templates.</source>
        <translation>“{name}”不是你自己的模板。</translation>
    </message>
    <message>
        <source>A template needs a title.</source>
        <translation>模板需要一个标题。</translation>
    </message>
    <message>
        <source>The template is not there.</source>
        <translation>模板不在那里。</translation>
    </message>
    <message>
        <source>The folder of your templates cannot be written: {reason}</source>
        <translation>无法写入你的模板文件夹：{reason}</translation>
    </message>
    <message>
        <source>Search templates</source>
        <translation>搜索模板</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>How large</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Every task</source>
        <translation>所有任务</translation>
    </message>
    <message>
        <source>Every size</source>
        <translation>所有规模</translation>
    </message>
    <message>
        <source>Small, below 10,000</source>
        <translation>小，不到一万个参数</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>Large, from a million</source>
        <translation>大，一百万个参数以上</translation>
    </message>
    <message>
        <source>Regression and forecasting</source>
        <translation>回归与预测</translation>
    </message>
    <message>
        <source>Generating samples</source>
        <translation>生成样本</translation>
    </message>
    <message>
        <source>Finding a representation</source>
        <translation>学习表示</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Acting in a world</source>
        <translation>在环境中行动</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>No template fits.</source>
        <translation>没有符合的模板。</translation>
    </message>
    <message>
        <source>All about them…</source>
        <translation>详细浏览…</translation>
    </message>
    <message>
        <source>Look closer, add a folder of templates, or take one out.</source>
        <translation>仔细查看，添加一个模板文件夹，或取出一个模板。</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Add to this project</source>
        <translation>加入当前项目</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>取出</translation>
    </message>
    <message>
        <source>Forget this folder</source>
        <translation>不再显示这个文件夹</translation>
    </message>
    <message>
        <source>Add a folder of templates…</source>
        <translation>添加模板文件夹…</translation>
    </message>
    <message>
        <source>Add a folder of templates</source>
        <translation>添加模板文件夹</translation>
    </message>
    <message>
        <source>{done} of {count} {count:lesson|lessons} done</source>
        <translation>已完成 {done} 课，共 {count} 课</translation>
    </message>
    <message>
        <source>“{name}” was left out: {reason}</source>
        <translation>跳过了“{name}”：{reason}</translation>
    </message>
    <message>
        <source>{n} {n:parameter|parameters}</source>
        <translation>{n} 个参数</translation>
    </message>
    <message>
        <source>trains in about {time} on two cores</source>
        <translation>两个核心上训练约 {time}</translation>
    </message>
    <message>
        <source>{figure}: {value} with seed {seed}, where {sign} {wanted} is asked for.</source>
        <translation>{figure}：种子为 {seed} 时达到 {value}，要求 {sign} {wanted}。</translation>
    </message>
    <message>
        <source>“{name}” is out of your templates.</source>
        <translation>已从你的模板中取出“{name}”。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>放回去</translation>
    </message>
    <message>
        <source>{count} {count:template|templates} of “{name}” added.</source>
        <translation>已添加“{name}”里的 {count} 个模板。</translation>
    </message>
    <message>
        <source>Add the template “{name}”</source>
        <translation>加入模板“{name}”</translation>
    </message>
    <message>
        <source>Added: {names}. The training plan is as it was; undo takes them out again.</source>
        <translation>已加入：{names}。训练方案保持不变；撤销可以把它们取出。</translation>
    </message>
    <message>
        <source>Save as a template</source>
        <translation>存为模板</translation>
    </message>
    <message>
        <source>Save as template…</source>
        <translation>存为模板…</translation>
    </message>
    <message>
        <source>Its title:</source>
        <translation>标题：</translation>
    </message>
    <message>
        <source>My template</source>
        <translation>我的模板</translation>
    </message>
    <message>
        <source>“{name}” is among your templates. Write its lesson in {file}.</source>
        <translation>“{name}”已在你的模板中。课程写在 {file} 里。</translation>
    </message>
    <message>
        <source>Write the lesson</source>
        <translation>编写课程</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Say here in two sentences what it does and on which data.</source>
        <translation>在这里用两句话说明它做什么、用什么数据。</translation>
    </message>
    <message>
        <source>The idea</source>
        <translation>基本思想</translation>
    </message>
    <message>
        <source>The equations</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>A walk round the canvas</source>
        <translation>在画布上走一遍</translation>
    </message>
    <message>
        <source>What to watch</source>
        <translation>训练时看什么</translation>
    </message>
    <message>
        <source>Three things to change</source>
        <translation>三个可以动手的改动</translation>
    </message>
    <message>
        <source>Train for longer.</source>
        <translation>训练得更久一些。</translation>
    </message>
    <message>
        <source>A line for each trial appears here as it learns.</source>
        <translation>每个试验学习时，这里会画出它的一条曲线。</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Start the sweep</source>
        <translation>开始参数搜索</translation>
    </message>
    <message>
        <source>Trial {number}</source>
        <translation>试验 {number}</translation>
    </message>
    <message>
        <source>Train on from the last run</source>
        <translation>接着上一次训练继续</translation>
    </message>
    <message>
        <source>There is no run yet whose weights it could begin with. Train the network first.</source>
        <translation>还没有可以接着训练的记录，请先训练这个网络。</translation>
    </message>
</context>
</TS>
