<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>Another number deals the samples out to other splits.</source>
        <translation>换一个数，样本就会分到不同的划分中。</translation>
    </message>
    <message>
        <source>Give each split its share of every class.</source>
        <translation>让每个划分都按比例含有每个类别。</translation>
    </message>
    <message>
        <source>Split seed</source>
        <translation>划分种子</translation>
    </message>
    <message>
        <source>Stratify</source>
        <translation>分层抽样</translation>
    </message>
    <message>
        <source>category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>nothing to learn from</source>
        <translation>不用于学习的内容</translation>
    </message>
    <message>
        <source>commas</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>semicolons</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>tabs</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>bars</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>“{text}” says nothing about a column. Write name: kind, with a comma between two of them; a kind is one of {kinds}.</source>
        <translation>“{text}”没有说明任何一列。请写成“列名: 种类”，多个之间用逗号分隔；种类为以下之一：{kinds}。</translation>
    </message>
    <message>
        <source>{file} has the columns {received}, and {first} has {expected}. They must be the same.</source>
        <translation>{file} 的列是 {received}，而 {first} 的列是 {expected}。两者必须相同。</translation>
    </message>
    <message>
        <source>{file} has no rows below the names.</source>
        <translation>{file} 在列名之下没有任何行。</translation>
    </message>
    <message>
        <source>There is no column “{name}”. There are: {names}.</source>
        <translation>没有列“{name}”。现有的列：{names}。</translation>
    </message>
    <message>
        <source>The column “{name}” has more than {count} different values: too many for categories. Say that it is text or to be ignored.</source>
        <translation>列“{name}”有超过 {count} 个不同的值，作为类别太多了。请说明它是文本（text）或应忽略（ignore）。</translation>
    </message>
    <message>
        <source>Line {line} of {file}: “{cell}” in the column “{name}” is no {kind}. Mend it, or say that the column holds something else.</source>
        <translation>{file} 第 {line} 行：列“{name}”中的“{cell}”不是{kind}。请改正它，或说明该列是别的种类。</translation>
    </message>
    <message>
        <source>Line {line} of {file} is not {encoding}. Choose another encoding.</source>
        <translation>{file} 第 {line} 行不是 {encoding} 编码。请选择其他编码。</translation>
    </message>
    <message>
        <source>Line {line} of {file} is neither UTF-8, UTF-16 nor GBK. Choose its encoding, or save it as UTF-8.</source>
        <translation>{file} 第 {line} 行既不是 UTF-8、UTF-16，也不是 GBK。请选择它的编码，或另存为 UTF-8。</translation>
    </message>
    <message>
        <source>No sample is for training.</source>
        <translation>没有用于训练的样本。</translation>
    </message>
    <message>
        <source>There are only {count} {count:group|groups}, and none is left to learn from. Lower the shares or choose another column to split by.</source>
        <translation>只有 {count} 个组，没有剩下可供训练的组。请降低比例，或选择另一列来划分。</translation>
    </message>
    <message>
        <source>“{cell}” is not what the column “{name}” holds.</source>
        <translation>“{cell}”不是列“{name}”所含的内容。</translation>
    </message>
    <message>
        <source>{file} was read as {encoding} with {separator} between its cells.</source>
        <translation>{file} 按 {encoding} 编码读取，单元格之间以{separator}分隔。</translation>
    </message>
    <message>
        <source>Line {line} of {file} has {received} {received:cell|cells}, and the first one has {expected}. Mend that line, or choose what stands between the cells.</source>
        <translation>{file} 第 {line} 行有 {received} 个单元格，而第一行有 {expected} 个。请改正该行，或选择单元格之间的分隔符。</translation>
    </message>
    <message>
        <source>From line {line} on, {file} has a cell that does not end. Is a quotation mark missing?</source>
        <translation>从第 {line} 行起，{file} 中有一个单元格没有结束。是否缺少引号？</translation>
    </message>
    <message>
        <source>{file} cannot be read any more: it was changed or removed.</source>
        <translation>无法继续读取 {file}：它被更改或删除了。</translation>
    </message>
    <message>
        <source>{file} was read as Parquet.</source>
        <translation>{file} 按 Parquet 读取。</translation>
    </message>
    <message>
        <source>Reading Parquet needs one more package: pip install netwright[tables].</source>
        <translation>读取 Parquet 还需要一个软件包：pip install netwright[tables]。</translation>
    </message>
    <message>
        <source>{file} is not a whole file of Parquet.</source>
        <translation>{file} 不是完整的 Parquet 文件。</translation>
    </message>
    <message>
        <source>{file} is empty.</source>
        <translation>{file} 是空的。</translation>
    </message>
    <message>
        <source>{file} has no rows, or more than {count} columns.</source>
        <translation>{file} 没有任何行，或超过 {count} 列。</translation>
    </message>
    <message>
        <source>Making numbers of the table</source>
        <translation>正在把表格变成数字</translation>
    </message>
    <message>
        <source>Table {file}</source>
        <translation>表格 {file}</translation>
    </message>
    <message>
        <source>Looking at the table</source>
        <translation>正在查看表格</translation>
    </message>
    <message>
        <source>Reading the table</source>
        <translation>正在读取表格</translation>
    </message>
    <message>
        <source>No column of the table holds numbers or categories: {names}.</source>
        <translation>表格中没有含数字或类别的列：{names}。</translation>
    </message>
    <message>
        <source>The column “{name}” cannot be predicted: it holds {kind}. Say that it holds numbers or categories, or choose another target.</source>
        <translation>无法预测列“{name}”：它含有{kind}。请说明它含数字或类别，或选择别的目标。</translation>
    </message>
    <message>
        <source>Besides the target no column of the table holds numbers, categories or dates.</source>
        <translation>除目标外，表格中没有含数字、类别或日期的列。</translation>
    </message>
    <message>
        <source>No table is chosen. Choose a file of CSV, TSV or Parquet in the plan.</source>
        <translation>没有选择表格。请在计划中选择 CSV、TSV 或 Parquet 文件。</translation>
    </message>
    <message>
        <source>Every row of the table lacks a cell that it needs.</source>
        <translation>表格的每一行都缺少所需的单元格。</translation>
    </message>
    <message>
        <source>{count} {count:row was|rows were} left out for a missing cell, first row {row}.</source>
        <translation>有 {count} 行因缺少单元格而被略去，首先是第 {row} 行。</translation>
    </message>
    <message>
        <source>“{name}”: {count} missing {count:cell was|cells were} filled with {value}, the most frequent value of the training rows.</source>
        <translation>“{name}”：{count} 个缺失的单元格以 {value} 填补，即训练行中最常见的值。</translation>
    </message>
    <message>
        <source>“{name}”: {count} missing {count:cell was|cells were} filled with {value}, the median of the training rows.</source>
        <translation>“{name}”：{count} 个缺失的单元格以 {value} 填补，即训练行的中位数。</translation>
    </message>
    <message>
        <source>Several targets must all be numbers, or all be yes or no: {names}.</source>
        <translation>多个目标必须全是数字，或全是“是/否”：{names}。</translation>
    </message>
    <message>
        <source>All rows have the same value in the target “{name}”.</source>
        <translation>所有行在目标“{name}”中的值都相同。</translation>
    </message>
    <message>
        <source>“{name}” is left out: all its cells are empty.</source>
        <translation>“{name}”被略去：它的单元格全是空的。</translation>
    </message>
    <message>
        <source>“{name}” holds texts and is left out.</source>
        <translation>“{name}”含有文本，被略去。</translation>
    </message>
    <message>
        <source>“{name}” is left out: it tells the rows apart, or is to be ignored.</source>
        <translation>“{name}”被略去：它只用来区分各行，或应被忽略。</translation>
    </message>
    <message>
        <source>{loss} takes one answer for each sample, and this data says yes or no for each of {classes} classes. Choose binary cross entropy as the loss.</source>
        <translation>{loss}对每个样本只接受一个答案，而此数据对 {classes} 个类别各给出是或否。请选择二元交叉熵作为损失。</translation>
    </message>
    <message>
        <source>Bring numbers to mean 0 and spread 1, as the training rows are.</source>
        <translation>按训练行把数字变为均值 0、标准差 1。</translation>
    </message>
    <message>
        <source>Column that says train, validation or test; of any other one, rows of one value stay together.</source>
        <translation>说明训练、验证或测试的列（train、validation、test）；若是其他列，则同值的行留在一起。</translation>
    </message>
    <message>
        <source>Column to predict, or several with commas between them; empty for the one that looks like it.</source>
        <translation>要预测的列，多个用逗号分隔；留空则取看起来像目标的那一列。</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>File of CSV, TSV or Parquet.</source>
        <translation>CSV、TSV 或 Parquet 文件。</translation>
    </message>
    <message>
        <source>Fill missing cells by what is usual in the training rows, or drop their rows.</source>
        <translation>缺失的单元格用训练行中常见的值填补，或丢弃这些行。</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>How the file is encoded; auto tells UTF-8, UTF-16 and GBK apart.</source>
        <translation>文件的编码；auto 会自动分辨 UTF-8、UTF-16 和 GBK。</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失值</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Split column</source>
        <translation>划分列</translation>
    </message>
    <message>
        <source>Standardise</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>Table (CSV, TSV, Parquet)</source>
        <translation>表格（CSV、TSV、Parquet）</translation>
    </message>
    <message>
        <source>Table of its own for the final judgement.</source>
        <translation>用于最终评判的单独表格。</translation>
    </message>
    <message>
        <source>Table of its own to check each epoch with.</source>
        <translation>用于每轮检查的单独表格。</translation>
    </message>
    <message>
        <source>Test file</source>
        <translation>测试文件</translation>
    </message>
    <message>
        <source>Validation file</source>
        <translation>验证文件</translation>
    </message>
    <message>
        <source>What columns hold, where it is found wrong: name: kind, with commas between. A kind is number, category, text, date or ignore.</source>
        <translation>若判断有误，写明各列的内容：列名: 种类，用逗号分隔。种类为 number（数字）、category（类别）、text（文本）、date（日期）或 ignore（忽略）。</translation>
    </message>
    <message>
        <source>What stands between cells.</source>
        <translation>单元格之间的符号。</translation>
    </message>
    <message>
        <source>Whether the first row holds the names of the columns.</source>
        <translation>第一行是否为列名。</translation>
    </message>
    <message>
        <source>Your own table: what its columns hold is found out, numbers are standardised, words become 0 and 1.</source>
        <translation>您自己的表格：自动判断各列内容，数字标准化，词变为 0 和 1。</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>gbk</source>
        <translation>GBK</translation>
    </message>
    <message>
        <source>latin-1</source>
        <translation>Latin-1</translation>
    </message>
    <message>
        <source>utf-16</source>
        <translation>UTF-16</translation>
    </message>
    <message>
        <source>utf-8</source>
        <translation>UTF-8</translation>
    </message>
    <message>
        <source>A text, or a folder of texts; empty for what comes with Python.</source>
        <translation>一个文本文件或文本文件夹；留空则用 Python 自带的文本。</translation>
    </message>
    <message>
        <source>Column of classes of a table; empty for the one that looks like it.</source>
        <translation>表格中的类别列；留空则取看起来像类别的那一列。</translation>
    </message>
    <message>
        <source>Column of texts of a table; empty for the one that holds texts.</source>
        <translation>表格中的文本列；留空则取含有文本的那一列。</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>文件或文件夹</translation>
    </message>
    <message>
        <source>Folder or table</source>
        <translation>文件夹或表格</translation>
    </message>
    <message>
        <source>Folder with one folder of texts for each class, or a table.</source>
        <translation>每个类别一个文本文件夹的文件夹，或一个表格。</translation>
    </message>
    <message>
        <source>Most tokens that there are; rarer characters and words are unknown.</source>
        <translation>词元的最大数量；更罕见的字符和词视为未知。</translation>
    </message>
    <message>
        <source>Running text</source>
        <translation>连续文本</translation>
    </message>
    <message>
        <source>Text column</source>
        <translation>文本列</translation>
    </message>
    <message>
        <source>Texts with classes</source>
        <translation>带类别的文本</translation>
    </message>
    <message>
        <source>Tokens from one window to the next; 0 for a whole window.</source>
        <translation>相邻窗口之间相隔的词元数；0 表示整个窗口。</translation>
    </message>
    <message>
        <source>Tokens of each text; longer ones are cut, shorter ones are filled with 0.</source>
        <translation>每个文本的词元数；较长的截断，较短的用 0 填充。</translation>
    </message>
    <message>
        <source>Tokens that the network sees at once.</source>
        <translation>网络一次看到的词元数。</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>What a token is: a character, a byte, a word, or a piece of a word that was learned (bpe).</source>
        <translation>词元是什么：字符、字节、词，或学到的词片段（bpe）。</translation>
    </message>
    <message>
        <source>Windows of a text, each with the tokens that come next: what language models learn from.</source>
        <translation>文本的窗口及其后续词元：语言模型从中学习。</translation>
    </message>
    <message>
        <source>Your own texts: one folder for each class, or a table with a column of texts.</source>
        <translation>您自己的文本：每个类别一个文件夹，或含文本列的表格。</translation>
    </message>
    <message>
        <source>bpe</source>
        <translation>BPE</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>There is no file or folder {file}. Choose it again.</source>
        <translation>没有文件或文件夹 {file}。请重新选择。</translation>
    </message>
    <message>
        <source>No texts (such as .txt or .md) are in {folder}.</source>
        <translation>{folder} 中没有文本（例如 .txt 或 .md）。</translation>
    </message>
    <message>
        <source>{file}: skipped. {reason}</source>
        <translation>{file}：已跳过。{reason}</translation>
    </message>
    <message>
        <source>{file}: skipped, it is empty.</source>
        <translation>{file}：已跳过，它是空的。</translation>
    </message>
    <message>
        <source>No text could be read. {first}</source>
        <translation>没有能读取的文本。{first}</translation>
    </message>
    <message>
        <source>This Python comes without its documentation. Choose a text of your own.</source>
        <translation>此 Python 未带文档。请选择您自己的文本。</translation>
    </message>
    <message>
        <source>{folder} must hold at least two folders, one for each class, with its files inside. It holds {count}.</source>
        <translation>{folder} 必须至少含有两个文件夹，每个类别一个，文件放在其中。现有 {count} 个。</translation>
    </message>
    <message>
        <source>Numbering tokens</source>
        <translation>正在给词元编号</translation>
    </message>
    <message>
        <source>Texts of {file}</source>
        <translation>{file} 的文本</translation>
    </message>
    <message>
        <source>No texts are chosen. Choose a folder or a table in the training plan.</source>
        <translation>没有选择文本。请在训练计划中选择文件夹或表格。</translation>
    </message>
    <message>
        <source>Texts of at least two classes are needed, and there {count:is|are} {count}.</source>
        <translation>至少需要两个类别的文本，而现有 {count} 个类别。</translation>
    </message>
    <message>
        <source>Reading texts</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>No column of the table holds texts. Say which one to read.</source>
        <translation>表格中没有含文本的列。请说明要读哪一列。</translation>
    </message>
    <message>
        <source>No column of the table holds classes. Say which one to predict.</source>
        <translation>表格中没有含类别的列。请说明要预测哪一列。</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} without a text or class {count:was|were} left out.</source>
        <translation>有 {count} 行因没有文本或类别而被略去。</translation>
    </message>
    <message>
        <source>The text for training is shorter than one window of {length} {length:token|tokens}. Choose more text or a shorter window.</source>
        <translation>训练文本比一个 {length} 词元的窗口还短。请选择更多文本或更短的窗口。</translation>
    </message>
    <message>
        <source>Text of {file}</source>
        <translation>{file} 的文本</translation>
    </message>
    <message>
        <source>Documentation of Python</source>
        <translation>Python 的文档</translation>
    </message>
    <message>
        <source>Pieces of words (BPE) need one more package: pip install netwright[text].</source>
        <translation>词片段（BPE）还需要一个软件包：pip install netwright[text]。</translation>
    </message>
    <message>
        <source>Arrays (NumPy, PyTorch, safetensors)</source>
        <translation>数组（NumPy、PyTorch、safetensors）</translation>
    </message>
    <message>
        <source>Columns that the network sees, with commas between; empty for all that hold numbers.</source>
        <translation>网络看到的列，用逗号分隔；留空则为所有含数字的列。</translation>
    </message>
    <message>
        <source>Columns to forecast, with commas between; empty for the first one.</source>
        <translation>要预测的列，用逗号分隔；留空则为第一列。</translation>
    </message>
    <message>
        <source>File of .npz, .pt or .safetensors, or a folder of .npy; arrays are named like the inputs, and target. Of a single .npy the last column is the target.</source>
        <translation>.npz、.pt 或 .safetensors 文件，或 .npy 文件夹；数组以输入和 target 命名。单个 .npy 的最后一列为目标。</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>预测步数</translation>
    </message>
    <message>
        <source>How much it rises in a season.</source>
        <translation>每个季节上升多少。</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>Learn the labels, or give each sample back itself (autoencoders); then no labels are needed.</source>
        <translation>学习标签，或还原样本自身（自编码器）；后者不需要标签。</translation>
    </message>
    <message>
        <source>Number that its chance starts from.</source>
        <translation>其随机性的起始数。</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Spread of the chance in the generated series.</source>
        <translation>生成序列中随机成分的幅度。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps from one window to the next.</source>
        <translation>相邻窗口之间的步数。</translation>
    </message>
    <message>
        <source>Steps of a season of the generated series.</source>
        <translation>生成序列一个季节的步数。</translation>
    </message>
    <message>
        <source>Steps of the generated series.</source>
        <translation>生成序列的步数。</translation>
    </message>
    <message>
        <source>Steps that it forecasts.</source>
        <translation>预测的步数。</translation>
    </message>
    <message>
        <source>Steps that the network sees.</source>
        <translation>网络看到的步数。</translation>
    </message>
    <message>
        <source>Table with one row a step; empty for a generated series.</source>
        <translation>每步一行的表格；留空则用生成的序列。</translation>
    </message>
    <message>
        <source>Time series</source>
        <translation>时间序列</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Windows of the past, each with what comes next: of your own table, or generated with seasons.</source>
        <translation>过去的窗口及其后续：来自您自己的表格，或带季节生成。</translation>
    </message>
    <message>
        <source>Your own numbers: a file with an array for each input and for the target; x_train is x for training.</source>
        <translation>您自己的数字：文件中每个输入和目标各一个数组；x_train 是用于训练的 x。</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>自身</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>{file} holds Python objects, which could run a program, or is damaged. Save plain tensors: torch.save({{"x": x, "target": target}}, "data.pt").</source>
        <translation>{file} 含有可能运行程序的 Python 对象，或已损坏。请保存纯张量：torch.save({{"x": x, "target": target}}, "data.pt")。</translation>
    </message>
    <message>
        <source>{file} is damaged or not what its name says. Save it again.</source>
        <translation>{file} 已损坏，或与其名称不符。请重新保存。</translation>
    </message>
    <message>
        <source>{folder} must hold .npy files, one for each input and target.npy.</source>
        <translation>{folder} 必须含有 .npy 文件：每个输入一个，以及 target.npy。</translation>
    </message>
    <message>
        <source>{file} must hold tensors by name: a dict of them.</source>
        <translation>{file} 必须按名称含有张量：一个由它们组成的 dict。</translation>
    </message>
    <message>
        <source>No file of arrays is chosen. Choose one in the training plan.</source>
        <translation>没有选择数组文件。请在训练计划中选择。</translation>
    </message>
    <message>
        <source>The parts of “{name}” differ in their sizes.</source>
        <translation>“{name}”的各部分大小不同。</translation>
    </message>
    <message>
        <source>Expected {length} steps of {width} finite {width:number|numbers}, received {received}.</source>
        <translation>应为 {length} 步、每步 {width} 个有限的数，收到 {received}。</translation>
    </message>
    <message>
        <source>Series of {file}</source>
        <translation>{file} 的序列</translation>
    </message>
    <message>
        <source>Generated series with seasons</source>
        <translation>带季节的生成序列</translation>
    </message>
    <message>
        <source>The series has {count} {count:step|steps} to learn from, and a window with its forecast takes {needed}. Choose a longer series or a shorter window.</source>
        <translation>序列有 {count} 步可供学习，而一个窗口连同其预测需要 {needed} 步。请选择更长的序列或更短的窗口。</translation>
    </message>
    <message>
        <source>The column “{name}” holds no numbers.</source>
        <translation>列“{name}”不含数字。</translation>
    </message>
    <message>
        <source>No column of the table holds numbers.</source>
        <translation>表格中没有含数字的列。</translation>
    </message>
    <message>
        <source>The rows were brought into the order of “{name}”.</source>
        <translation>各行已按“{name}”的顺序排列。</translation>
    </message>
    <message>
        <source>“{name}”: {count} {count:gap was|gaps were} filled with the value before.</source>
        <translation>“{name}”：{count} 处空缺以前一个值填补。</translation>
    </message>
    <message>
        <source>Irises of three kinds</source>
        <translation>三种鸢尾花</translation>
    </message>
    <message>
        <source>Tumours of the breast</source>
        <translation>乳腺肿瘤</translation>
    </message>
    <message>
        <source>Exercise of twenty men</source>
        <translation>二十名男子的锻炼</translation>
    </message>
    <message>
        <source>XOR on a plane</source>
        <translation>平面上的异或</translation>
    </message>
    <message>
        <source>Circle on a plane</source>
        <translation>平面上的圆</translation>
    </message>
    <message>
        <source>Two clouds on a plane</source>
        <translation>平面上的两团点</translation>
    </message>
    <message>
        <source>Two spirals on a plane</source>
        <translation>平面上的双螺旋</translation>
    </message>
    <message>
        <source>Two moons on a plane</source>
        <translation>平面上的双月</translation>
    </message>
    <message>
        <source>Two points</source>
        <translation>两个点</translation>
    </message>
    <message>
        <source>Drawing points</source>
        <translation>正在画点</translation>
    </message>
    <message>
        <source>Drawing shapes</source>
        <translation>正在画图形</translation>
    </message>
    <message>
        <source>Shapes with masks</source>
        <translation>带掩码的图形</translation>
    </message>
    <message>
        <source>Iris</source>
        <translation>鸢尾花</translation>
    </message>
    <message>
        <source>Breast cancer</source>
        <translation>乳腺癌</translation>
    </message>
    <message>
        <source>Linnerud</source>
        <translation>Linnerud 锻炼数据</translation>
    </message>
    <message>
        <source>Points on a plane</source>
        <translation>平面上的点</translation>
    </message>
    <message>
        <source>150 real irises of three kinds: 4 measurements each, standardised on the training data.</source>
        <translation>150 朵三种真实鸢尾花：各 4 项测量，按训练数据标准化。</translation>
    </message>
    <message>
        <source>569 real tumours, malignant or benign: 30 measurements each, standardised on the training data.</source>
        <translation>569 个真实肿瘤，恶性或良性：各 30 项测量，按训练数据标准化。</translation>
    </message>
    <message>
        <source>20 real men: three exercises tell weight, waist and pulse, three numbers at once.</source>
        <translation>20 名真实男子：由三项锻炼同时预测体重、腰围和脉搏三个数。</translation>
    </message>
    <message>
        <source>Generated points of two classes, with two coordinates each: XOR, spirals and other patterns.</source>
        <translation>生成的两类点，各有两个坐标：异或、螺旋等图案。</translation>
    </message>
    <message>
        <source>How the classes lie; points are the two of a first lesson, (1, 2) and (3, 4).</source>
        <translation>类别如何分布；points 是第一课的两个点 (1, 2) 和 (3, 4)。</translation>
    </message>
    <message>
        <source>How many points are drawn.</source>
        <translation>画多少个点。</translation>
    </message>
    <message>
        <source>How far points stray by chance.</source>
        <translation>点随机偏离多远。</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>图案</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>xor</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>circle</source>
        <translation>圆</translation>
    </message>
    <message>
        <source>spiral</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>moons</source>
        <translation>双月</translation>
    </message>
    <message>
        <source>points</source>
        <translation>两个点</translation>
    </message>
    <message>
        <source>Generated pictures of discs, squares and triangles, with a class for every pixel.</source>
        <translation>生成的圆、方、三角图形，每个像素都有类别。</translation>
    </message>
    <message>
        <source>How many pictures are drawn.</source>
        <translation>画多少张图。</translation>
    </message>
    <message>
        <source>Height and width of the pictures.</source>
        <translation>图片的高和宽。</translation>
    </message>
    <message>
        <source>Spread of what is added to every pixel by chance.</source>
        <translation>随机加到每个像素上的幅度。</translation>
    </message>
    <message>
        <source>Blot</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>Column of file names; empty for the one that holds them.</source>
        <translation>文件名列；留空则取含有文件名的那一列。</translation>
    </message>
    <message>
        <source>Column of labels; a cell can hold several with | between. Or several columns of yes and no, with commas between.</source>
        <translation>标签列；一个单元格可用 | 分隔多个标签。也可以是多个“是/否”列，用逗号分隔。</translation>
    </message>
    <message>
        <source>Cut away this share of the sides at most, and enlarge the rest.</source>
        <translation>最多裁去边长的这个比例，再放大其余部分。</translation>
    </message>
    <message>
        <source>File column</source>
        <translation>文件列</translation>
    </message>
    <message>
        <source>Folder of masks of the same names, with a number or colour for each class.</source>
        <translation>同名掩码的文件夹，每个类别用一个数或颜色表示。</translation>
    </message>
    <message>
        <source>Folder of pictures.</source>
        <translation>图片文件夹。</translation>
    </message>
    <message>
        <source>Folder that the file names are told from; empty for that of the table.</source>
        <translation>文件名所相对的文件夹；留空则为表格所在的文件夹。</translation>
    </message>
    <message>
        <source>Folder with one folder of pictures for each class; or with train and test, each with such ones.</source>
        <translation>每个类别一个图片文件夹的文件夹；或含 train 和 test，其中各有这样的文件夹。</translation>
    </message>
    <message>
        <source>How far brightness, contrast and colours stray: 0.2 is between 0.8 and 1.2 times.</source>
        <translation>亮度、对比度和颜色的波动：0.2 表示 0.8 到 1.2 倍之间。</translation>
    </message>
    <message>
        <source>How often a square of the picture is blotted out.</source>
        <translation>图片中一个方块被涂去的频率。</translation>
    </message>
    <message>
        <source>Light and colours</source>
        <translation>亮度与颜色</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Mirror pictures half of the time, while they are learned from.</source>
        <translation>学习时有一半机会把图片镜像。</translation>
    </message>
    <message>
        <source>Pictures with a table of labels</source>
        <translation>带标签表的图片</translation>
    </message>
    <message>
        <source>Pictures with masks</source>
        <translation>带掩码的图片</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Shift pictures by so much at most.</source>
        <translation>图片最多平移这么多。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Table with a file name and its labels in each row.</source>
        <translation>每行含文件名及其标签的表格。</translation>
    </message>
    <message>
        <source>Turn pictures by so much at most, to either side.</source>
        <translation>图片向任一侧最多旋转这么多。</translation>
    </message>
    <message>
        <source>Your own pictures with masks of the same names: the class of each pixel is learned.</source>
        <translation>您自己的图片及同名掩码：学习每个像素的类别。</translation>
    </message>
    <message>
        <source>Your own pictures, whose labels stand in a table: one class each, several at once, or numbers.</source>
        <translation>您自己的图片，标签在表格中：每张一个类别、多个类别或数字。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>horizontal</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>vertical</source>
        <translation>垂直</translation>
    </message>
    <message>
        <source>No picture in {folder} can be read. {first}</source>
        <translation>{folder} 中没有能读取的图片。{first}</translation>
    </message>
    <message>
        <source>No picture in {folder} has a mask of the same name in {masks}.</source>
        <translation>{folder} 中没有图片在 {masks} 中有同名的掩码。</translation>
    </message>
    <message>
        <source>{file}: skipped, it has no mask.</source>
        <translation>{file}：已跳过，它没有掩码。</translation>
    </message>
    <message>
        <source>No mask can be read. {first}</source>
        <translation>没有能读取的掩码。{first}</translation>
    </message>
    <message>
        <source>Pictures with masks in {folder}</source>
        <translation>{folder} 中带掩码的图片</translation>
    </message>
    <message>
        <source>Reading masks</source>
        <translation>正在读取掩码</translation>
    </message>
    <message>
        <source>{file} and the masks before it have more than {count} different values: these are no classes. Save masks without loss, such as PNG, with one number or colour for each class.</source>
        <translation>{file} 及之前的掩码有超过 {count} 个不同的值：这不是类别。请用 PNG 等无损格式保存掩码，每个类别用一个数或颜色。</translation>
    </message>
    <message>
        <source>No picture of the table can be read. {first}</source>
        <translation>表格中没有能读取的图片。{first}</translation>
    </message>
    <message>
        <source>Pictures of {file}</source>
        <translation>{file} 的图片</translation>
    </message>
    <message>
        <source>No table of pictures is chosen. Choose one in the training plan.</source>
        <translation>没有选择图片表格。请在训练计划中选择。</translation>
    </message>
    <message>
        <source>No column of the table names pictures. Say which one does.</source>
        <translation>表格中没有含图片文件名的列。请说明是哪一列。</translation>
    </message>
    <message>
        <source>No column of the table holds labels.</source>
        <translation>表格中没有含标签的列。</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} without a picture or label {count:was|were} left out.</source>
        <translation>有 {count} 行因没有图片或标签而被略去。</translation>
    </message>
    <message>
        <source>No row of the table has both a picture and a label.</source>
        <translation>表格中没有同时含图片和标签的行。</translation>
    </message>
    <message>
        <source>Several columns of labels must all say yes or no, or 1 or 0: {names}.</source>
        <translation>多个标签列必须全是“是/否”或 1/0：{names}。</translation>
    </message>
    <message>
        <source>All pictures have the same label “{name}”.</source>
        <translation>所有图片的标签都是“{name}”。</translation>
    </message>
    <message>
        <source>{file} cannot be read any more: {reason}.</source>
        <translation>无法继续读取 {file}：{reason}。</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读取 {name}</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>正在下载 {name}</translation>
    </message>
    <message>
        <source>{name} is not in {folder}: {files} missing. Switch Download on in the training plan, choose the folder that holds the files, or take the Digits, which need no download.</source>
        <translation>{folder} 中没有 {name}：缺少 {files}。请在训练计划中打开“下载”，选择含有这些文件的文件夹，或改用无需下载的手写数字。</translation>
    </message>
    <message>
        <source>{file} is damaged or of another set. Delete it and get it again.</source>
        <translation>{file} 已损坏，或属于别的数据集。请删除并重新获取。</translation>
    </message>
    <message>
        <source>Published sets of pictures</source>
        <translation>公开的图片数据集</translation>
    </message>
    <message>
        <source>Well-known sets, downloaded once or read from a folder: clothes, signs, letters, things, numbers.</source>
        <translation>知名数据集，下载一次或从文件夹读取：服装、文字、字母、物体、数字。</translation>
    </message>
    <message>
        <source>Which set.</source>
        <translation>哪个数据集。</translation>
    </message>
    <message>
        <source>Download the files when they are not there: 7 MB (USPS) to 560 MB (EMNIST).</source>
        <translation>文件不存在时下载：7 MB（USPS）到 560 MB（EMNIST）。</translation>
    </message>
    <message>
        <source>FashionMNIST</source>
        <translation>FashionMNIST 服装</translation>
    </message>
    <message>
        <source>KMNIST</source>
        <translation>KMNIST 假名</translation>
    </message>
    <message>
        <source>EMNIST balanced</source>
        <translation>EMNIST 数字与字母</translation>
    </message>
    <message>
        <source>EMNIST letters</source>
        <translation>EMNIST 字母</translation>
    </message>
    <message>
        <source>EMNIST digits</source>
        <translation>EMNIST 数字</translation>
    </message>
    <message>
        <source>CIFAR10</source>
        <translation>CIFAR-10</translation>
    </message>
    <message>
        <source>CIFAR100</source>
        <translation>CIFAR-100</translation>
    </message>
    <message>
        <source>SVHN</source>
        <translation>SVHN 门牌号</translation>
    </message>
    <message>
        <source>USPS</source>
        <translation>USPS 邮政数字</translation>
    </message>
    <message>
        <source>Tables are read as CSV, TSV or Parquet. Save it as one of these, and drop that file.</source>
        <translation>表格以 CSV、TSV 或 Parquet 读取。请另存为其中一种，再拖入该文件。</translation>
    </message>
    <message>
        <source>Netwright does not know such files. What can be dropped: projects, folders of pictures or texts, tables, texts, .npz arrays, and weights as .safetensors or .pt.</source>
        <translation>Netwright 不认识这种文件。可以拖入：项目、图片或文本的文件夹、表格、文本、.npz 数组，以及 .safetensors 或 .pt 权重。</translation>
    </message>
    <message>
        <source>No pictures or texts were found in it. A folder is data when it holds one folder of pictures or texts for each class.</source>
        <translation>其中没有找到图片或文本。若文件夹中每个类别各有一个图片或文本文件夹，它就是数据。</translation>
    </message>
    <message>
        <source>“{name}” holds texts of {count} {count:class|classes}, a folder for each.</source>
        <translation>“{name}”含有 {count} 个类别的文本，每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>“{name}” is a table.</source>
        <translation>“{name}”是一个表格。</translation>
    </message>
    <message>
        <source>“{name}” is text, for a language model.</source>
        <translation>“{name}”是文本，可用于语言模型。</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Marked letters</source>
        <translation>带标记的字母</translation>
    </message>
    <message>
        <source>Generated rows of letters, one of which stands behind a star: which letter is it?</source>
        <translation>生成的字母行，其中一个字母前面有星号：它是哪个字母？</translation>
    </message>
    <message>
        <source>How many rows are drawn.</source>
        <translation>生成多少行。</translation>
    </message>
    <message>
        <source>Most tokens of a row, the star counted; shorter ones are filled with 0.</source>
        <translation>每行最多多少个词元（含星号）；较短的用 0 填充。</translation>
    </message>
    <message>
        <source>How many different letters there are.</source>
        <translation>共有多少个不同的字母。</translation>
    </message>
    <message>
        <source>Writing rows of letters</source>
        <translation>正在生成字母行</translation>
    </message>
    <message>
        <source>Rows with a marked letter</source>
        <translation>带标记字母的行</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字母数</translation>
    </message>
</context>
</TS>
