<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Keep positive numbers, set negative ones to 0.</source>
        <translation>保留正数，把负数置为 0。</translation>
    </message>
    <message>
        <source>group activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>LeakyReLU</source>
        <translation>LeakyReLU</translation>
    </message>
    <message>
        <source>Keep positive numbers, make negative ones small.</source>
        <translation>保留正数，把负数缩小。</translation>
    </message>
    <message>
        <source>Negative slope</source>
        <translation>负半轴斜率</translation>
    </message>
    <message>
        <source>Slope for negative numbers.</source>
        <translation>负数部分的斜率。</translation>
    </message>
    <message>
        <source>ELU</source>
        <translation>ELU</translation>
    </message>
    <message>
        <source>Keep positive numbers, bend negative ones smoothly towards a bound.</source>
        <translation>保留正数，让负数平滑地趋向一个下限。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha 系数</translation>
    </message>
    <message>
        <source>The bound for very negative numbers.</source>
        <translation>很小的负数所趋向的下限。</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>A smooth ReLU: each number times the chance that a normal number lies below it.</source>
        <translation>平滑的 ReLU：每个数乘以标准正态变量小于它的概率。</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>近似方式</translation>
    </message>
    <message>
        <source>Exact, or the faster tanh formula.</source>
        <translation>精确计算，或使用更快的 tanh 近似公式。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>SiLU</source>
        <translation>SiLU</translation>
    </message>
    <message>
        <source>A smooth ReLU: each number times its sigmoid.</source>
        <translation>平滑的 ReLU：每个数乘以自己的 sigmoid 值。</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>Sigmoid</translation>
    </message>
    <message>
        <source>Squeeze each number between 0 and 1.</source>
        <translation>把每个数压缩到 0 与 1 之间。</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Tanh</translation>
    </message>
    <message>
        <source>Squeeze each number between -1 and 1.</source>
        <translation>把每个数压缩到 -1 与 1 之间。</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Turn numbers into probabilities that sum to 1.</source>
        <translation>把数值变成总和为 1 的概率。</translation>
    </message>
    <message>
        <source>Dim</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>The dimension that sums to 1; batch is 0, the last is -1.</source>
        <translation>总和为 1 的那一维；批是第 0 维，最后一维是 -1。</translation>
    </message>
    <message>
        <source>LogSoftmax</source>
        <translation>LogSoftmax</translation>
    </message>
    <message>
        <source>Turn numbers into logarithms of probabilities.</source>
        <translation>把数值变成概率的对数。</translation>
    </message>
    <message>
        <source>MultiheadAttention</source>
        <translation>多头注意力 MultiheadAttention</translation>
    </message>
    <message>
        <source>Let each place of the query gather from all places of the value, weighed by how well the keys fit.</source>
        <translation>让查询的每个位置从值的所有位置汇集信息，按键的匹配程度加权。</translation>
    </message>
    <message>
        <source>group attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>The heads must divide the features of the query.</source>
        <translation>头数必须能整除查询的特征数。</translation>
    </message>
    <message>
        <source>Who asks: batch, time, features.</source>
        <translation>发起查询的一方：批、时间、特征。</translation>
    </message>
    <message>
        <source>What is compared with the query.</source>
        <translation>与查询进行比较的内容。</translation>
    </message>
    <message>
        <source>What is gathered.</source>
        <translation>被汇集的内容。</translation>
    </message>
    <message>
        <source>What was gathered for each query.</source>
        <translation>每个查询汇集到的结果。</translation>
    </message>
    <message>
        <source>How much each query looked at each key, mean over the heads.</source>
        <translation>每个查询对每个键的关注程度，取各头的平均值。</translation>
    </message>
    <message>
        <source>Embed dim</source>
        <translation>嵌入维数</translation>
    </message>
    <message>
        <source>Features of the query.</source>
        <translation>查询的特征数。</translation>
    </message>
    <message>
        <source>Num heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>How many places each query can look at in its own way.</source>
        <translation>每个查询能以各自方式关注的头的数量。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活 Dropout</translation>
    </message>
    <message>
        <source>Share of attention weights set to 0 while training.</source>
        <translation>训练时被置为 0 的注意力权重的比例。</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Add learned offsets.</source>
        <translation>加上可学习的偏置。</translation>
    </message>
    <message>
        <source>Kdim</source>
        <translation>键的维数</translation>
    </message>
    <message>
        <source>Features of the key.</source>
        <translation>键的特征数。</translation>
    </message>
    <message>
        <source>Vdim</source>
        <translation>值的维数</translation>
    </message>
    <message>
        <source>Features of the value.</source>
        <translation>值的特征数。</translation>
    </message>
    <message>
        <source>Batch first</source>
        <translation>批在最前</translation>
    </message>
    <message>
        <source>Batch is the first dimension; Netwright always draws it so.</source>
        <translation>批是第一维；Netwright 始终这样表示。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>相加 Add</translation>
    </message>
    <message>
        <source>Add tensors number by number: the end of a skip connection.</source>
        <translation>逐元素相加：跳跃连接的终点。</translation>
    </message>
    <message>
        <source>group combine</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>The tensors to add, of equal shape.</source>
        <translation>要相加的张量，形状须相同。</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>相乘 Multiply</translation>
    </message>
    <message>
        <source>Multiply tensors number by number: a gate.</source>
        <translation>逐元素相乘：相当于一个门。</translation>
    </message>
    <message>
        <source>The tensors to multiply, of equal shape.</source>
        <translation>要相乘的张量，形状须相同。</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>相减 Subtract</translation>
    </message>
    <message>
        <source>Take the second tensor from the first, number by number.</source>
        <translation>用第一个张量逐元素减去第二个张量。</translation>
    </message>
    <message>
        <source>What to subtract from.</source>
        <translation>被减数。</translation>
    </message>
    <message>
        <source>What to subtract.</source>
        <translation>减数。</translation>
    </message>
    <message>
        <source>Concat</source>
        <translation>拼接 Concat</translation>
    </message>
    <message>
        <source>Lay tensors side by side along one dimension.</source>
        <translation>沿某一维把张量拼接起来。</translation>
    </message>
    <message>
        <source>The tensors to join, in order.</source>
        <translation>要按顺序拼接的张量。</translation>
    </message>
    <message>
        <source>The dimension that grows; batch is 0, channels and features are 1.</source>
        <translation>变长的那一维；批是第 0 维，通道和特征是第 1 维。</translation>
    </message>
    <message>
        <source>MatMul</source>
        <translation>矩阵乘法 MatMul</translation>
    </message>
    <message>
        <source>Multiply matrices: rows of the first with columns of the second.</source>
        <translation>矩阵相乘：第一个的行与第二个的列相乘。</translation>
    </message>
    <message>
        <source>First matrices.</source>
        <translation>第一组矩阵。</translation>
    </message>
    <message>
        <source>Second matrices.</source>
        <translation>第二组矩阵。</translation>
    </message>
    <message>
        <source>Conv1d</source>
        <translation>一维卷积 Conv1d</translation>
    </message>
    <message>
        <source>Slide learned filters along a signal or a sequence.</source>
        <translation>让可学习的卷积核沿信号或序列滑动。</translation>
    </message>
    <message>
        <source>group convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>The groups must divide the channels that arrive.</source>
        <translation>分组数必须能整除输入的通道数。</translation>
    </message>
    <message>
        <source>The groups must divide the filters.</source>
        <translation>分组数必须能整除卷积核的数量。</translation>
    </message>
    <message>
        <source>In channels</source>
        <translation>输入通道</translation>
    </message>
    <message>
        <source>Channels arriving at the block.</source>
        <translation>输入此模块的通道数。</translation>
    </message>
    <message>
        <source>Out channels</source>
        <translation>输出通道</translation>
    </message>
    <message>
        <source>Number of filters.</source>
        <translation>卷积核的数量。</translation>
    </message>
    <message>
        <source>Kernel size</source>
        <translation>卷积核大小</translation>
    </message>
    <message>
        <source>Length of each filter.</source>
        <translation>每个卷积核的长度。</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>Step from one place to the next.</source>
        <translation>每次移动的距离。</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Zeros added at both ends.</source>
        <translation>在两端补零的个数。</translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation>膨胀</translation>
    </message>
    <message>
        <source>Distance between the taps of a filter.</source>
        <translation>卷积核各元素之间的间距。</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Split channels into groups that do not mix.</source>
        <translation>把通道分成互不混合的若干组。</translation>
    </message>
    <message>
        <source>Add a learned offset.</source>
        <translation>加上可学习的偏置。</translation>
    </message>
    <message>
        <source>Conv2d</source>
        <translation>二维卷积 Conv2d</translation>
    </message>
    <message>
        <source>Slide learned filters over an image.</source>
        <translation>让可学习的卷积核在图像上滑动。</translation>
    </message>
    <message>
        <source>Side of each filter.</source>
        <translation>每个卷积核的边长。</translation>
    </message>
    <message>
        <source>Zeros added at each side.</source>
        <translation>在每条边补零的个数。</translation>
    </message>
    <message>
        <source>ConvTranspose2d</source>
        <translation>二维转置卷积 ConvTranspose2d</translation>
    </message>
    <message>
        <source>Enlarge an image by learned filters: the transposed convolution.</source>
        <translation>用可学习的卷积核放大图像，即转置卷积。</translation>
    </message>
    <message>
        <source>The output padding must be smaller than the stride.</source>
        <translation>输出填充必须小于步幅。</translation>
    </message>
    <message>
        <source>How many times larger the image grows.</source>
        <translation>图像放大的倍数。</translation>
    </message>
    <message>
        <source>Rows and columns cut off at each side of the result.</source>
        <translation>从结果的每条边裁去的行数和列数。</translation>
    </message>
    <message>
        <source>Output padding</source>
        <translation>输出填充</translation>
    </message>
    <message>
        <source>Rows and columns added at one side.</source>
        <translation>在一侧补上的行数和列数。</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入 Embedding</translation>
    </message>
    <message>
        <source>Look up a learned vector for each whole number, such as a word's index.</source>
        <translation>为每个整数（例如词的编号）查出一个可学习的向量。</translation>
    </message>
    <message>
        <source>group embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Num embeddings</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>How many different numbers there are (the vocabulary).</source>
        <translation>不同编号的总数，即词表大小。</translation>
    </message>
    <message>
        <source>Embedding dim</source>
        <translation>向量维数</translation>
    </message>
    <message>
        <source>Length of each vector.</source>
        <translation>每个向量的长度。</translation>
    </message>
    <message>
        <source>Padding idx</source>
        <translation>填充编号</translation>
    </message>
    <message>
        <source>A number whose vector stays 0.</source>
        <translation>向量始终为 0 的那个编号。</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>全连接 Linear</translation>
    </message>
    <message>
        <source>Mix every feature with every other by learned weights: y = x W + b, over the last dimension.</source>
        <translation>用可学习的权重把所有特征相互混合：y = x W + b，作用于最后一维。</translation>
    </message>
    <message>
        <source>group linear</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>In features</source>
        <translation>输入特征</translation>
    </message>
    <message>
        <source>Features arriving at the block.</source>
        <translation>输入此模块的特征数。</translation>
    </message>
    <message>
        <source>Out features</source>
        <translation>输出特征</translation>
    </message>
    <message>
        <source>Features leaving the block.</source>
        <translation>此模块输出的特征数。</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <translation>双线性 Bilinear</translation>
    </message>
    <message>
        <source>Mix the features of two inputs pair by pair: y = a W b + bias.</source>
        <translation>把两个输入的特征两两混合：y = a W b + bias。</translation>
    </message>
    <message>
        <source>First features.</source>
        <translation>第一组特征。</translation>
    </message>
    <message>
        <source>Second features.</source>
        <translation>第二组特征。</translation>
    </message>
    <message>
        <source>In1 features</source>
        <translation>输入特征 1</translation>
    </message>
    <message>
        <source>Features of the first input.</source>
        <translation>第一个输入的特征数。</translation>
    </message>
    <message>
        <source>In2 features</source>
        <translation>输入特征 2</translation>
    </message>
    <message>
        <source>Features of the second input.</source>
        <translation>第二个输入的特征数。</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>恒等 Identity</translation>
    </message>
    <message>
        <source>Pass the tensor on unchanged.</source>
        <translation>原样传递张量。</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Where a tensor enters the network. Its name is the name under which data is given.</source>
        <translation>张量进入网络的地方。它的名称就是提供数据时使用的名称。</translation>
    </message>
    <message>
        <source>group io</source>
        <translation>输入与输出</translation>
    </message>
    <message>
        <source>The tensor that enters.</source>
        <translation>进入网络的张量。</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Sizes of one sample, without the batch: channels first.</source>
        <translation>单个样本的尺寸，不含批：通道在最前。</translation>
    </message>
    <message>
        <source>Dtype</source>
        <translation>数据类型</translation>
    </message>
    <message>
        <source>Kind of numbers: int64 for tokens and indices.</source>
        <translation>数值的类型：词元和编号用 int64。</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>int64</source>
        <translation>int64</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Where a tensor leaves the network. Its name is the name of the result.</source>
        <translation>张量离开网络的地方。它的名称就是结果的名称。</translation>
    </message>
    <message>
        <source>The tensor that leaves.</source>
        <translation>离开网络的张量。</translation>
    </message>
    <message>
        <source>BatchNorm1d</source>
        <translation>一维批归一化 BatchNorm1d</translation>
    </message>
    <message>
        <source>Bring each feature to mean 0 and deviation 1 over the batch, then scale and shift by learning.</source>
        <translation>让每个特征在一批内均值为 0、标准差为 1，再做可学习的缩放和平移。</translation>
    </message>
    <message>
        <source>group normalization</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Num features</source>
        <translation>特征数</translation>
    </message>
    <message>
        <source>Eps</source>
        <translation>Eps 小量</translation>
    </message>
    <message>
        <source>Small number that keeps the division safe.</source>
        <translation>避免除以零的小量。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Weight of the newest batch in the running mean.</source>
        <translation>最新一批在滑动平均中的权重。</translation>
    </message>
    <message>
        <source>Affine</source>
        <translation>仿射变换</translation>
    </message>
    <message>
        <source>Learn a scale and a shift.</source>
        <translation>学习缩放和平移。</translation>
    </message>
    <message>
        <source>BatchNorm2d</source>
        <translation>二维批归一化 BatchNorm2d</translation>
    </message>
    <message>
        <source>Bring each channel to mean 0 and deviation 1 over the batch, then scale and shift by learning.</source>
        <translation>让每个通道在一批内均值为 0、标准差为 1，再做可学习的缩放和平移。</translation>
    </message>
    <message>
        <source>LayerNorm</source>
        <translation>层归一化 LayerNorm</translation>
    </message>
    <message>
        <source>Bring the features of each place to mean 0 and deviation 1, then scale and shift by learned numbers.</source>
        <translation>让每个位置的特征均值为 0、标准差为 1，再做可学习的缩放和平移。</translation>
    </message>
    <message>
        <source>Normalized shape</source>
        <translation>归一化的特征数</translation>
    </message>
    <message>
        <source>Elementwise affine</source>
        <translation>逐元素仿射变换</translation>
    </message>
    <message>
        <source>GroupNorm</source>
        <translation>组归一化 GroupNorm</translation>
    </message>
    <message>
        <source>Normalise channels in groups, independent of the batch.</source>
        <translation>按组对通道做归一化，与批无关。</translation>
    </message>
    <message>
        <source>Num groups</source>
        <translation>组数</translation>
    </message>
    <message>
        <source>Number of groups that the channels are split into.</source>
        <translation>通道被分成的组数。</translation>
    </message>
    <message>
        <source>Num channels</source>
        <translation>通道数</translation>
    </message>
    <message>
        <source>Cross entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>For one class out of many: takes raw scores (no softmax before it) and class numbers.</source>
        <translation>用于多选一的分类：接收原始得分（之前不要加 softmax）和类别编号。</translation>
    </message>
    <message>
        <source>group classification</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Share of certainty taken from the true class.</source>
        <translation>从真实类别中分出的置信度比例。</translation>
    </message>
    <message>
        <source>Binary cross entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>For yes or no, once or several times: takes raw scores (no sigmoid before it).</source>
        <translation>用于一个或多个是非判断：接收原始得分（之前不要加 sigmoid）。</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>For numbers: the mean of the squared differences.</source>
        <translation>用于数值：差的平方的平均值。</translation>
    </message>
    <message>
        <source>group regression</source>
        <translation>回归</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>平均绝对误差</translation>
    </message>
    <message>
        <source>For numbers: the mean of the absolute differences; outliers weigh less.</source>
        <translation>用于数值：差的绝对值的平均值；异常值的影响较小。</translation>
    </message>
    <message>
        <source>Huber loss</source>
        <translation>Huber 损失</translation>
    </message>
    <message>
        <source>For numbers: squared when near, absolute when far.</source>
        <translation>用于数值：差小时取平方，差大时取绝对值。</translation>
    </message>
    <message>
        <source>Delta</source>
        <translation>分界点</translation>
    </message>
    <message>
        <source>Where near ends.</source>
        <translation>小差值与大差值的分界。</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Step down the gradient, with momentum when wanted.</source>
        <translation>沿梯度下降，可选用动量。</translation>
    </message>
    <message>
        <source>group first order</source>
        <translation>一阶方法</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step goes.</source>
        <translation>每一步走多远。</translation>
    </message>
    <message>
        <source>Share of the last step that is carried on.</source>
        <translation>上一步被延续的比例。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pull of all weights towards 0.</source>
        <translation>把所有权重拉向 0 的力度。</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov 动量</translation>
    </message>
    <message>
        <source>Look ahead before measuring the gradient.</source>
        <translation>计算梯度之前先向前看一步。</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Give each weight a step of its own size: a good first choice.</source>
        <translation>为每个权重采用各自的步长：很好的首选。</translation>
    </message>
    <message>
        <source>group adaptive</source>
        <translation>自适应方法</translation>
    </message>
    <message>
        <source>Amsgrad</source>
        <translation>AMSGrad</translation>
    </message>
    <message>
        <source>Never let the measured size of the gradients shrink.</source>
        <translation>不让测得的梯度大小变小。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Adam with a weight decay that does not mix with the gradient: the choice for Transformers.</source>
        <translation>权重衰减与梯度解耦的 Adam：Transformer 的常用选择。</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Divide each step by the recent size of the gradient.</source>
        <translation>把每一步除以近期梯度的大小。</translation>
    </message>
    <message>
        <source>How long the past is remembered.</source>
        <translation>对过去记忆多久。</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>Keep the learning rate as it is.</source>
        <translation>保持学习率不变。</translation>
    </message>
    <message>
        <source>group schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>Steps down</source>
        <translation>阶梯下降</translation>
    </message>
    <message>
        <source>Multiply the learning rate by a factor every few epochs.</source>
        <translation>每隔若干轮把学习率乘以一个系数。</translation>
    </message>
    <message>
        <source>Step size</source>
        <translation>间隔轮数</translation>
    </message>
    <message>
        <source>Epochs between two changes.</source>
        <translation>两次变化之间的轮数。</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>The factor.</source>
        <translation>所乘的系数。</translation>
    </message>
    <message>
        <source>Exponential</source>
        <translation>指数下降</translation>
    </message>
    <message>
        <source>Multiply the learning rate by a factor every epoch.</source>
        <translation>每一轮把学习率乘以一个系数。</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦退火</translation>
    </message>
    <message>
        <source>Lower the learning rate along half a cosine.</source>
        <translation>让学习率沿半个余弦曲线下降。</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Epochs until the lowest rate.</source>
        <translation>到达最低学习率的轮数。</translation>
    </message>
    <message>
        <source>Lowest rate</source>
        <translation>最低学习率</translation>
    </message>
    <message>
        <source>The lowest rate.</source>
        <translation>最低的学习率。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Share of samples whose highest score is the true class.</source>
        <translation>得分最高的类别就是真实类别的样本比例。</translation>
    </message>
    <message>
        <source>Binary accuracy</source>
        <translation>二分类准确率</translation>
    </message>
    <message>
        <source>Share of yes-or-no answers that are right.</source>
        <translation>是非判断中答对的比例。</translation>
    </message>
    <message>
        <source>How far the answers are off, on average.</source>
        <translation>答案平均偏离多少。</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>Share of the spread that the network explains: 1 is perfect, 0 is guessing the mean.</source>
        <translation>网络能解释的方差比例：1 为完美，0 相当于只猜平均值。</translation>
    </message>
    <message>
        <source>Supervised</source>
        <translation>监督学习</translation>
    </message>
    <message>
        <source>Show inputs, compare the outputs with the targets, lower the loss.</source>
        <translation>给出输入，把输出与目标比较，降低损失。</translation>
    </message>
    <message>
        <source>group recipe</source>
        <translation>训练方式</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>How long, how much at once, and on what.</source>
        <translation>训练多久、一次多少、在哪里训练。</translation>
    </message>
    <message>
        <source>group loop</source>
        <translation>训练循环</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How often all training data is shown.</source>
        <translation>全部训练数据过几遍。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Samples in one step.</source>
        <translation>每一步的样本数。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where to compute: auto takes the fastest there is.</source>
        <translation>在哪里计算：auto 选用最快的设备。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Number that all randomness starts from.</source>
        <translation>所有随机性的起点。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Numbers to compute with: bfloat16 is faster where the device has it.</source>
        <translation>计算所用的数值类型：在支持的设备上 bfloat16 更快。</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Processor threads; 0 measures and chooses.</source>
        <translation>处理器线程数；0 表示实测后自动选择。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Longest gradient allowed; empty for no limit.</source>
        <translation>允许的最大梯度长度；留空表示不限。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>早停耐心值</translation>
    </message>
    <message>
        <source>Stop after this many epochs without improvement; empty for never.</source>
        <translation>连续这么多轮没有改进就停止；留空表示不停。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Longest time between two checkpoints.</source>
        <translation>两次检查点之间的最长时间。</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>MaxPool1d</source>
        <translation>一维最大池化 MaxPool1d</translation>
    </message>
    <message>
        <source>Keep the largest value of each window of a signal.</source>
        <translation>保留信号每个窗口中的最大值。</translation>
    </message>
    <message>
        <source>group pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Length of the window.</source>
        <translation>窗口的长度。</translation>
    </message>
    <message>
        <source>Step between windows; the window's length when empty.</source>
        <translation>窗口之间的步幅；留空则等于窗口长度。</translation>
    </message>
    <message>
        <source>Places added at both ends.</source>
        <translation>在两端补上的位置数。</translation>
    </message>
    <message>
        <source>MaxPool2d</source>
        <translation>二维最大池化 MaxPool2d</translation>
    </message>
    <message>
        <source>Keep the largest value of each window of an image.</source>
        <translation>保留图像每个窗口中的最大值。</translation>
    </message>
    <message>
        <source>Side of the window.</source>
        <translation>窗口的边长。</translation>
    </message>
    <message>
        <source>Step between windows; the window's side when empty.</source>
        <translation>窗口之间的步幅；留空则等于窗口边长。</translation>
    </message>
    <message>
        <source>Places added at each side.</source>
        <translation>在每条边补上的位置数。</translation>
    </message>
    <message>
        <source>AvgPool1d</source>
        <translation>一维平均池化 AvgPool1d</translation>
    </message>
    <message>
        <source>Take the mean of each window of a signal.</source>
        <translation>取信号每个窗口的平均值。</translation>
    </message>
    <message>
        <source>AvgPool2d</source>
        <translation>二维平均池化 AvgPool2d</translation>
    </message>
    <message>
        <source>Take the mean of each window of an image.</source>
        <translation>取图像每个窗口的平均值。</translation>
    </message>
    <message>
        <source>AdaptiveAvgPool2d</source>
        <translation>自适应平均池化 AdaptiveAvgPool2d</translation>
    </message>
    <message>
        <source>Take means so that the image comes out at a given size, whatever came in.</source>
        <translation>取平均值，使图像无论输入多大都输出指定的尺寸。</translation>
    </message>
    <message>
        <source>Output size</source>
        <translation>输出尺寸</translation>
    </message>
    <message>
        <source>Side of the result: 1 for one number a channel.</source>
        <translation>结果的边长：1 表示每个通道一个数。</translation>
    </message>
    <message>
        <source>RNN</source>
        <translation>循环网络 RNN</translation>
    </message>
    <message>
        <source>Read a sequence step by step, mixing each step with what was read before.</source>
        <translation>逐步读取序列，把每一步与之前读到的内容混合。</translation>
    </message>
    <message>
        <source>group sequence</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Dropout works between layers, so it needs at least two layers.</source>
        <translation>Dropout 作用于层与层之间，因此至少需要两层。</translation>
    </message>
    <message>
        <source>The sequence: batch, time, features.</source>
        <translation>序列：批、时间、特征。</translation>
    </message>
    <message>
        <source>State to begin with; zeros when not connected.</source>
        <translation>初始状态；不连接时为零。</translation>
    </message>
    <message>
        <source>The state at every step of the top layer.</source>
        <translation>最上层每一步的状态。</translation>
    </message>
    <message>
        <source>The last state of every layer.</source>
        <translation>每一层的最终状态。</translation>
    </message>
    <message>
        <source>Input size</source>
        <translation>输入大小</translation>
    </message>
    <message>
        <source>Features of each step.</source>
        <translation>每一步的特征数。</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏大小</translation>
    </message>
    <message>
        <source>Size of the state.</source>
        <translation>状态的大小。</translation>
    </message>
    <message>
        <source>Num layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Layers on top of each other.</source>
        <translation>叠放的层数。</translation>
    </message>
    <message>
        <source>Nonlinearity</source>
        <translation>非线性</translation>
    </message>
    <message>
        <source>The bend in each step.</source>
        <translation>每一步所用的非线性函数。</translation>
    </message>
    <message>
        <source>relu</source>
        <translation>relu</translation>
    </message>
    <message>
        <source>Dropout between layers.</source>
        <translation>层与层之间的 Dropout。</translation>
    </message>
    <message>
        <source>Bidirectional</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>Also read from the end to the start.</source>
        <translation>同时从末尾向开头读取。</translation>
    </message>
    <message>
        <source>LSTM</source>
        <translation>长短期记忆 LSTM</translation>
    </message>
    <message>
        <source>Read a sequence with a memory cell that gates decide to keep, change or show.</source>
        <translation>用记忆单元读取序列，由门决定保留、改变还是输出。</translation>
    </message>
    <message>
        <source>Cell to begin with; zeros when not connected.</source>
        <translation>初始记忆单元；不连接时为零。</translation>
    </message>
    <message>
        <source>The last cell of every layer.</source>
        <translation>每一层的最终记忆单元。</translation>
    </message>
    <message>
        <source>GRU</source>
        <translation>门控循环单元 GRU</translation>
    </message>
    <message>
        <source>Read a sequence with gates that decide how much of the state is renewed.</source>
        <translation>读取序列，由门决定状态更新多少。</translation>
    </message>
    <message>
        <source>While training, set random numbers to 0 so that no feature is relied on alone.</source>
        <translation>训练时随机把一部分数值置为 0，使网络不依赖单一特征。</translation>
    </message>
    <message>
        <source>group regularization</source>
        <translation>正则化</translation>
    </message>
    <message>
        <source>P</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Share of numbers set to 0.</source>
        <translation>被置为 0 的数值比例。</translation>
    </message>
    <message>
        <source>Dropout2d</source>
        <translation>通道失活 Dropout2d</translation>
    </message>
    <message>
        <source>While training, set whole random channels to 0.</source>
        <translation>训练时随机把整个通道置为 0。</translation>
    </message>
    <message>
        <source>Share of channels set to 0.</source>
        <translation>被置为 0 的通道比例。</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>展平 Flatten</translation>
    </message>
    <message>
        <source>Join dimensions into one: by default all but the batch.</source>
        <translation>把多个维度合为一维：默认保留批维，其余全部合并。</translation>
    </message>
    <message>
        <source>group shape</source>
        <translation>形状变换</translation>
    </message>
    <message>
        <source>Start dim</source>
        <translation>起始维</translation>
    </message>
    <message>
        <source>First dimension to join; batch is 0.</source>
        <translation>要合并的第一维；批是第 0 维。</translation>
    </message>
    <message>
        <source>End dim</source>
        <translation>结束维</translation>
    </message>
    <message>
        <source>Last dimension to join; the last is -1.</source>
        <translation>要合并的最后一维；最后一维是 -1。</translation>
    </message>
    <message>
        <source>Reshape</source>
        <translation>变形 Reshape</translation>
    </message>
    <message>
        <source>Give each sample a new shape with the same numbers in the same order.</source>
        <translation>给每个样本一个新形状，数值和顺序不变。</translation>
    </message>
    <message>
        <source>New sizes without the batch; one may be -1 and is worked out.</source>
        <translation>不含批的新尺寸；其中一个可以是 -1，由程序推算。</translation>
    </message>
    <message>
        <source>Permute</source>
        <translation>换维 Permute</translation>
    </message>
    <message>
        <source>Put the dimensions of each sample in another order.</source>
        <translation>调换每个样本各维的顺序。</translation>
    </message>
    <message>
        <source>Dims</source>
        <translation>维度顺序</translation>
    </message>
    <message>
        <source>The new order; the batch is 0 and stays first, so count from 1.</source>
        <translation>新的顺序；批是第 0 维并保持在最前，因此从 1 数起。</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选取 Select</translation>
    </message>
    <message>
        <source>Take one place along a dimension, such as the last step of a sequence.</source>
        <translation>在某一维上取一个位置，例如序列的最后一步。</translation>
    </message>
    <message>
        <source>The dimension to take from; batch is 0.</source>
        <translation>从哪一维选取；批是第 0 维。</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Which place: 0 is the first, -1 the last.</source>
        <translation>取哪个位置：0 是第一个，-1 是最后一个。</translation>
    </message>
    <message>
        <source>Upsample</source>
        <translation>上采样 Upsample</translation>
    </message>
    <message>
        <source>Enlarge an image by repeating its pixels.</source>
        <translation>通过重复像素来放大图像。</translation>
    </message>
    <message>
        <source>Scale factor</source>
        <translation>放大倍数</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>1,797 real handwritten digits of scikit-learn, brought from 8x8 to 28x28. No download.</source>
        <translation>scikit-learn 自带的 1,797 个真实手写数字，从 8x8 放大到 28x28。无需下载。</translation>
    </message>
    <message>
        <source>group images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>Share kept to check each epoch.</source>
        <translation>留作每轮验证的比例。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试比例</translation>
    </message>
    <message>
        <source>Share kept for the final judgement.</source>
        <translation>留作最终评估的比例。</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>70,000 handwritten digits at 28x28, downloaded once or read from a folder.</source>
        <translation>70,000 个 28x28 的手写数字，下载一次或从文件夹读取。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder that holds or will hold the files; empty for the program's own.</source>
        <translation>存放或将要存放文件的文件夹；留空则使用程序自己的文件夹。</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download the files when they are not there (11 MB).</source>
        <translation>文件不存在时下载（11 MB）。</translation>
    </message>
    <message>
        <source>Image folder</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>Your own pictures: one folder for each class.</source>
        <translation>你自己的图片：每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>Folder with one folder of pictures for each class.</source>
        <translation>其中每个类别各有一个图片文件夹。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Pictures are brought to this height.</source>
        <translation>图片会缩放到这个高度。</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Pictures are brought to this width.</source>
        <translation>图片会缩放到这个宽度。</translation>
    </message>
    <message>
        <source>Grayscale</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>One channel instead of red, green and blue.</source>
        <translation>用一个通道代替红、绿、蓝三个通道。</translation>
    </message>
    <message>
        <source>Arrays (.npz)</source>
        <translation>数组 (.npz)</translation>
    </message>
    <message>
        <source>Your own numbers: a NumPy .npz file with an array for each input and for the target.</source>
        <translation>你自己的数值：一个 NumPy .npz 文件，每个输入和目标各有一个数组。</translation>
    </message>
    <message>
        <source>group arrays</source>
        <translation>数组</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The .npz file; arrays are named like the inputs, and target.</source>
        <translation>.npz 文件；数组的名称与各输入相同，目标名为 target。</translation>
    </message>
    <message>
        <source>Wine</source>
        <translation>葡萄酒</translation>
    </message>
    <message>
        <source>178 real wines of three growers: 13 measurements each, standardised on the training data.</source>
        <translation>三家酒庄的 178 种真实葡萄酒：每种 13 项测量值，按训练数据标准化。</translation>
    </message>
    <message>
        <source>group tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Diabetes</source>
        <translation>糖尿病</translation>
    </message>
    <message>
        <source>442 real patients: 10 measurements and how the illness went on after a year.</source>
        <translation>442 位真实患者：10 项测量值，以及一年后病情的发展。</translation>
    </message>
    <message>
        <source>Digit pairs</source>
        <translation>数字对</translation>
    </message>
    <message>
        <source>Two real digits at a time, inputs a and b: are they the same digit?</source>
        <translation>每次两个真实数字，输入 a 和 b：它们是同一个数字吗？</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>句子</translation>
    </message>
    <message>
        <source>Generated Chinese and English sentences about likes and dislikes, as token numbers.</source>
        <translation>自动生成的表达喜恶的中英文句子，以词元编号表示。</translation>
    </message>
    <message>
        <source>group text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>How many sentences are made.</source>
        <translation>生成多少个句子。</translation>
    </message>
    <message>
        <source>Tokens in each sentence; shorter ones are filled with 0.</source>
        <translation>每个句子的词元数；较短的用 0 补齐。</translation>
    </message>
    <message>
        <source>{label}: expected {expected}, received {received}.</source>
        <translation>{label}：应为{expected}，实际为 {received}。</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>one of {choices}</source>
        <translation>以下之一：{choices}</translation>
    </message>
    <message>
        <source>one dimension or several, such as 1 or 2, 3</source>
        <translation>一个或多个维度，例如 1 或 2, 3</translation>
    </message>
    <message>
        <source>{count} numbers, each {range}</source>
        <translation>{count} 个数，每个为{range}</translation>
    </message>
    <message>
        <source>one whole number, or {count}, each at least {low}</source>
        <translation>一个整数，或 {count} 个整数，每个至少为 {low}</translation>
    </message>
    <message>
        <source>sizes such as 1, 28, 28</source>
        <translation>尺寸，例如 1, 28, 28</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a folder or file</source>
        <translation>文件夹或文件</translation>
    </message>
    <message>
        <source>{what} from {low} to {high}</source>
        <translation>{low} 到 {high} 之间的{what}</translation>
    </message>
    <message>
        <source>{what} of at least {low}</source>
        <translation>不小于 {low} 的{what}</translation>
    </message>
    <message>
        <source>{what} of at most {high}</source>
        <translation>不大于 {high} 的{what}</translation>
    </message>
</context>
</TS>
