<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>Looking at the columns</source>
        <translation>正在查看各列</translation>
    </message>
    <message>
        <source>Looking for copies</source>
        <translation>正在查找重复样本</translation>
    </message>
    <message>
        <source>Looking for what could hurt</source>
        <translation>正在查找可能有害的问题</translation>
    </message>
    <message>
        <source>{count} {count:sample has|samples have} numbers in “{field}” that are missing or infinite. One of them ends a training: fill or remove them.</source>
        <translation>“{field}”中有 {count} 个样本含缺失或无穷大的数值。只要遇到一个，训练就会中断：请填补或删除它们。</translation>
    </message>
    <message>
        <source>{count} of {total} test samples are learned from or checked with too (the first: sample {first}). The network will look better than it is. Remove the copies from the data.</source>
        <translation>{total} 个测试样本中有 {count} 个也出现在训练集或验证集中（第一个：样本 {first}）。网络会显得比实际更好。请从数据中删除重复样本。</translation>
    </message>
    <message>
        <source>{count} of {total} validation samples are learned from too (the first: sample {first}). Each epoch will look better than it is. Remove the copies from the data.</source>
        <translation>{total} 个验证样本中有 {count} 个也出现在训练集中（第一个：样本 {first}）。每一轮都会显得比实际更好。请从数据中删除重复样本。</translation>
    </message>
    <message>
        <source>{count} {count:input stands|inputs stand} in the data with different answers. No network can get them all right: look which answer is wrong.</source>
        <translation>有 {count} 个输入在数据中对应不同的答案。任何网络都不可能全部答对：请检查哪个答案是错的。</translation>
    </message>
    <message>
        <source>{count} of {total} training samples are copies of others. They count several times in the loss: remove them, or know why they are there.</source>
        <translation>{total} 个训练样本中有 {count} 个是其他样本的重复。它们会在损失中被多次计入：请删除，或确认重复是有意的。</translation>
    </message>
    <message>
        <source>There {count:is|are} only {count} training {count:sample|samples}. A network will know them by heart: get more, or take a small network with dropout.</source>
        <translation>训练样本只有 {count} 个，网络会把它们背下来：请增加样本，或使用带 dropout 的小网络。</translation>
    </message>
    <message>
        <source>No sample is kept to check each epoch with: nobody sees when the network begins to learn by heart.</source>
        <translation>没有留出验证样本：网络何时开始过拟合将无从得知。</translation>
    </message>
    <message>
        <source>No sample is kept for the final judgement: nobody knows how good the network is.</source>
        <translation>没有留出测试样本：网络究竟有多好将无从得知。</translation>
    </message>
    <message>
        <source>The network is judged by classes that it never learns: {names}. Give each split its share of every class.</source>
        <translation>测试集中有网络从未学过的类别：{names}。请让每个部分都按比例包含各个类别。</translation>
    </message>
    <message>
        <source>There are classes without a training sample: {names}. Add some.</source>
        <translation>有些类别没有训练样本：{names}。请补充样本。</translation>
    </message>
    <message>
        <source>Fewer than {least} training samples: {names}. What is said of these classes will be a guess: add samples, or join classes.</source>
        <translation>训练样本不足 {least} 个的类别：{names}。对它们的判断只能靠猜：请增加样本或合并类别。</translation>
    </message>
    <message>
        <source>“{most}” has {times} times as many samples as “{least}”. A network that always says “{most}” is right in {share} % of the samples: judge by balanced accuracy or F1, not by accuracy.</source>
        <translation>“{most}”的样本数是“{least}”的 {times} 倍。永远回答“{most}”的网络也能答对 {share} % 的样本：请用平衡准确率或 F1 评判，而不要用准确率。</translation>
    </message>
    <message>
        <source>“{name}” is the same in every row and tells nothing. Leave it out.</source>
        <translation>“{name}”在每一行都相同，没有任何信息。请去掉它。</translation>
    </message>
    <message>
        <source>{share} % of “{name}” are missing and would be guesses. Leave the column out, or get what is missing.</source>
        <translation>“{name}”有 {share} % 缺失，只能靠猜测填补。请去掉这一列，或补全缺失值。</translation>
    </message>
    <message>
        <source>“{name}” alone tells the answer in every training row. If it is not known when the network is used, leave it out: the network would learn nothing else.</source>
        <translation>仅凭“{name}”就能在每个训练行中得出答案。如果使用网络时并不知道它，请去掉这一列：否则网络不会学到别的东西。</translation>
    </message>
    <message>
        <source>“{one}” and “{other}” say the same in every row. One is enough.</source>
        <translation>“{one}”和“{other}”在每一行都表达同样的内容，保留一个即可。</translation>
    </message>
    <message>
        <source>The columns of “{field}” are of very different sizes: one spreads {times} times as far as another, and the small ones will hardly be learned from. Standardise them, or put a batch normalisation first.</source>
        <translation>“{field}”各列的量级相差很大：一列的离散程度是另一列的 {times} 倍，小的列几乎学不到。请做标准化，或在最前面放一个批归一化。</translation>
    </message>
    <message>
        <source>The numbers of “{field}” are large (up to {largest}). Networks learn best from numbers around 0: standardise them, or put a batch normalisation first.</source>
        <translation>“{field}”的数值很大（最大 {largest}）。网络最适合学习 0 附近的数：请做标准化，或在最前面放一个批归一化。</translation>
    </message>
    <message>
        <source>The numbers to predict are large (up to {largest}), and so will be the loss. Standardise them, or divide them before.</source>
        <translation>要预测的数值很大（最大 {largest}），损失也会很大。请做标准化，或预先缩小它们。</translation>
    </message>
    <message>
        <source>{share} % of the tokens of the test texts are unknown. Allow more tokens, or smaller ones, such as pieces of words.</source>
        <translation>测试文本中有 {share} % 的词元是未知的。请增大词表，或使用更小的词元，例如子词。</translation>
    </message>
    <message>
        <source>{share} % of the tokens are filling: the longest text has {longest} tokens, and each is given {length}. Shorter ones train faster.</source>
        <translation>{share} % 的词元是填充：最长的文本只有 {longest} 个词元，而每个文本都占 {length} 个。缩短后训练更快。</translation>
    </message>
    <message>
        <source>Leave “{name}” out</source>
        <translation>去掉“{name}”</translation>
    </message>
    <message>
        <source>Allow the download of the data</source>
        <translation>允许下载数据</translation>
    </message>
    <message>
        <source>Fit the network to the data</source>
        <translation>让网络适配数据</translation>
    </message>
    <message>
        <source>Fit the network to this data</source>
        <translation>让网络适配此数据</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>What to see of the data</source>
        <translation>查看数据的哪个方面</translation>
    </message>
    <message>
        <source>Your data is looked at here</source>
        <translation>数据将显示在这里</translation>
    </message>
    <message>
        <source>Looking at the data</source>
        <translation>正在查看数据</translation>
    </message>
    <message>
        <source>The data is not on this computer yet</source>
        <translation>数据尚未在本机上</translation>
    </message>
    <message>
        <source>Download it, or choose the folder that holds it.</source>
        <translation>请下载，或选择存放数据的文件夹。</translation>
    </message>
    <message>
        <source>An environment to act in</source>
        <translation>用于行动的环境</translation>
    </message>
    <message>
        <source>It has no samples: the network makes its own by acting in it.</source>
        <translation>它没有样本：网络通过在其中行动来产生样本。</translation>
    </message>
    <message>
        <source>The data was not looked at to its end.</source>
        <translation>数据没有看完。</translation>
    </message>
    <message>
        <source>The data cannot be used as it is</source>
        <translation>数据目前无法使用</translation>
    </message>
    <message>
        <source>Choose the data</source>
        <translation>选择数据</translation>
    </message>
    <message>
        <source>Choose other data</source>
        <translation>选择其他数据</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Class balance</source>
        <translation>类别分布</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>The {listed} most frequent of {classes} classes. Enter shows samples of one.</source>
        <translation>{classes} 个类别中最常见的 {listed} 个。按回车查看某一类的样本。</translation>
    </message>
    <message>
        <source>A sample may be of several classes. Enter shows samples of one.</source>
        <translation>一个样本可属于多个类别。按回车查看某一类的样本。</translation>
    </message>
    <message>
        <source>Enter or a double click shows samples of a class.</source>
        <translation>按回车或双击可查看某一类的样本。</translation>
    </message>
    <message>
        <source>The first {shown} of {count} columns.</source>
        <translation>共 {count} 列，显示前 {shown} 列。</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已去掉</translation>
    </message>
    <message>
        <source>to predict</source>
        <translation>待预测</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>不同值</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>What the column holds</source>
        <translation>该列的内容</translation>
    </message>
    <message>
        <source>Predict this column</source>
        <translation>预测这一列</translation>
    </message>
    <message>
        <source>To predict</source>
        <translation>待预测</translation>
    </message>
    <message>
        <source>“{name}” holds</source>
        <translation>“{name}”的内容</translation>
    </message>
    <message>
        <source>This column is predicted already.</source>
        <translation>已经在预测这一列。</translation>
    </message>
    <message>
        <source>Read “{name}” as {kind}</source>
        <translation>将“{name}”作为{kind}读取</translation>
    </message>
    <message>
        <source>Predict “{name}”</source>
        <translation>预测“{name}”</translation>
    </message>
    <message>
        <source>{n} {n:day|days}</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>From {low} to {high}, most often around {most}</source>
        <translation>从 {low} 到 {high}，最常见于 {most} 附近</translation>
    </message>
    <message>
        <source>Look at the data again</source>
        <translation>重新查看数据</translation>
    </message>
    <message>
        <source>About the data</source>
        <translation>数据概况</translation>
    </message>
    <message>
        <source>Nothing was found here that would hurt.</source>
        <translation>没有发现会妨碍训练的问题。</translation>
    </message>
    <message>
        <source>Data: {what}</source>
        <translation>数据：{what}</translation>
    </message>
    <message>
        <source>Show the column</source>
        <translation>查看该列</translation>
    </message>
    <message>
        <source>Looking whether the network fits</source>
        <translation>正在检查网络是否适配</translation>
    </message>
    <message>
        <source>Nothing is drawn yet. Draw a network, and it can be fitted to this data.</source>
        <translation>还没有画网络。画好之后即可让它适配此数据。</translation>
    </message>
    <message>
        <source>The network fits this data.</source>
        <translation>网络适配此数据。</translation>
    </message>
    <message>
        <source>Then there is still: {what}</source>
        <translation>之后还有：{what}</translation>
    </message>
    <message>
        <source>The network does not fit this data yet.</source>
        <translation>网络尚不适配此数据。</translation>
    </message>
    <message>
        <source>Classes to tell apart: {count}</source>
        <translation>待区分的类别：{count}</translation>
    </message>
    <message>
        <source>A yes or no to tell</source>
        <translation>判断是或否</translation>
    </message>
    <message>
        <source>Labels, each yes or no: {count}</source>
        <translation>标签（各为是或否）：{count}</translation>
    </message>
    <message>
        <source>Numbers to predict</source>
        <translation>待预测的数值</translation>
    </message>
    <message>
        <source>Samples of which part</source>
        <translation>哪个部分的样本</translation>
    </message>
    <message>
        <source>Samples of which class</source>
        <translation>哪个类别的样本</translation>
    </message>
    <message>
        <source>Samples before these</source>
        <translation>前面的样本</translation>
    </message>
    <message>
        <source>More samples</source>
        <translation>更多样本</translation>
    </message>
    <message>
        <source>Show samples large</source>
        <translation>放大显示样本</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>{part} ({count})</source>
        <translation>{part}（{count}）</translation>
    </message>
    <message>
        <source>{range} of {total}</source>
        <translation>{range} / {total}</translation>
    </message>
    <message>
        <source>There are no samples here.</source>
        <translation>这里没有样本。</translation>
    </message>
    <message>
        <source>Sample {number}: {answer}</source>
        <translation>样本 {number}：{answer}</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Right answer</source>
        <translation>正确答案</translation>
    </message>
    <message>
        <source>“{name}”: {what}</source>
        <translation>“{name}”：{what}</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Draw others</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>How pictures are varied</source>
        <translation>图片如何变化</translation>
    </message>
    <message>
        <source>Pictures before and after they are varied</source>
        <translation>变化前后的图片</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>As the network sees it</source>
        <translation>网络看到的样子</translation>
    </message>
    <message>
        <source>Each epoch draws anew. Only what is learned from is varied.</source>
        <translation>每一轮都会重新抽取。只有训练样本会变化。</translation>
    </message>
    <message>
        <source>Nothing is varied yet. Mirror, shift or turn pictures a little, and a network learns from more than there is.</source>
        <translation>目前没有任何变化。稍微镜像、平移或旋转图片，网络就能从更多样的数据中学习。</translation>
    </message>
    <message>
        <source>Change how pictures are varied</source>
        <translation>更改图片的变化方式</translation>
    </message>
    <message>
        <source>Training set</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation set</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test set</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>“{name}” holds pictures, and “{masks}” their masks: the class of each pixel is learned.</source>
        <translation>“{name}”中是图片，“{masks}”中是对应的掩码：学习每个像素的类别。</translation>
    </message>
    <message>
        <source>“{name}” is a table of pictures with their labels.</source>
        <translation>“{name}”是带标签的图片清单。</translation>
    </message>
    <message>
        <source>Use it as a time series</source>
        <translation>用作时间序列</translation>
    </message>
    <message>
        <source>Look at the data</source>
        <translation>查看数据</translation>
    </message>
    <message>
        <source>Sweep over settings…</source>
        <translation>参数搜索…</translation>
    </message>
    <message>
        <source>Vary it in a sweep…</source>
        <translation>在参数搜索中改变它…</translation>
    </message>
    <message>
        <source>“{name}” is another whole number in every row, as a number of the row is. It says nothing of rows to come, and the network would learn the order of the table. Leave it out, unless it is a time.</source>
        <translation>“{name}”在每一行都是不同的整数，像是行号。它对以后的数据毫无意义，网络只会学到表格的顺序。除非它表示时间，否则请去掉这一列。</translation>
    </message>
</context>
</TS>
