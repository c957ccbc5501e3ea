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
        <translation>注意力机制</translation>
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
        <translation>卷积层</translation>
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
        <translation>核大小</translation>
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
        <translation>嵌入层</translation>
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
        <translation>归一化层</translation>
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
        <translation>余弦</translation>
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
        <translation>池化层</translation>
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
        <translation>二维自适应平均池化 AdaptiveAvgPool2d</translation>
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
        <translation>二维通道失活 Dropout2d</translation>
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
        <source>group arrays</source>
        <translation>数组</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
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
        <source>one whole number, or {count}, each from {low} to {high}</source>
        <translation>一个整数，或 {count} 个整数，每个从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>sizes such as 1, 28, 28, each at most {high}</source>
        <translation>尺寸，例如 1, 28, 28，每个至多为 {high}</translation>
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
        <translation>介于 {low} 到 {high} 之间的{what}</translation>
    </message>
    <message>
        <source>{what} of at least {low}</source>
        <translation>不小于 {low} 的{what}</translation>
    </message>
    <message>
        <source>{what} of at most {high}</source>
        <translation>不大于 {high} 的{what}</translation>
    </message>
    <message>
        <source>ReLU6</source>
        <translation>ReLU6</translation>
    </message>
    <message>
        <source>Keep numbers between 0 and 6, cut what lies outside.</source>
        <translation>把数值限制在 0 与 6 之间，截去超出的部分。</translation>
    </message>
    <message>
        <source>PReLU</source>
        <translation>PReLU</translation>
    </message>
    <message>
        <source>Keep positive numbers, multiply negative ones by one learned slope.</source>
        <translation>保留正数，把负数乘以一个可学习的斜率。</translation>
    </message>
    <message>
        <source>Init</source>
        <translation>初始值</translation>
    </message>
    <message>
        <source>The slope to begin with.</source>
        <translation>斜率的初始值。</translation>
    </message>
    <message>
        <source>RReLU</source>
        <translation>RReLU</translation>
    </message>
    <message>
        <source>Keep positive numbers, multiply negative ones by a slope drawn at random while training.</source>
        <translation>保留正数，把负数乘以训练时随机抽取的斜率。</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>The least slope.</source>
        <translation>最小的斜率。</translation>
    </message>
    <message>
        <source>Upper</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>The greatest slope.</source>
        <translation>最大的斜率。</translation>
    </message>
    <message>
        <source>CELU</source>
        <translation>CELU</translation>
    </message>
    <message>
        <source>An ELU whose slope has no jump, whatever its bound.</source>
        <translation>无论下限取多少，斜率都连续的 ELU。</translation>
    </message>
    <message>
        <source>SELU</source>
        <translation>SELU</translation>
    </message>
    <message>
        <source>An ELU scaled so that deep networks keep mean 0 and deviation 1 by themselves.</source>
        <translation>经过缩放的 ELU，使深层网络自行保持均值为 0、标准差为 1。</translation>
    </message>
    <message>
        <source>Mish</source>
        <translation>Mish</translation>
    </message>
    <message>
        <source>A smooth ReLU: each number times the tanh of its softplus.</source>
        <translation>平滑的 ReLU：每个数乘以其 softplus 值的 tanh。</translation>
    </message>
    <message>
        <source>Softplus</source>
        <translation>Softplus</translation>
    </message>
    <message>
        <source>A smooth ReLU that is always positive, for variances and rates.</source>
        <translation>始终为正的平滑 ReLU，适合输出方差和速率。</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>Beta 系数</translation>
    </message>
    <message>
        <source>How sharp the bend is.</source>
        <translation>弯折处有多陡。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Where beta times a number exceeds this, the number itself is given.</source>
        <translation>当 beta 与数值的乘积超过它时，直接给出原数值。</translation>
    </message>
    <message>
        <source>Softsign</source>
        <translation>Softsign</translation>
    </message>
    <message>
        <source>Squeeze each number between -1 and 1, more slowly than tanh.</source>
        <translation>把每个数压缩到 -1 与 1 之间，比 tanh 更平缓。</translation>
    </message>
    <message>
        <source>LogSigmoid</source>
        <translation>LogSigmoid</translation>
    </message>
    <message>
        <source>Take the logarithm of the sigmoid, without losing digits.</source>
        <translation>取 sigmoid 的对数，且不损失精度。</translation>
    </message>
    <message>
        <source>Hardsigmoid</source>
        <translation>Hardsigmoid</translation>
    </message>
    <message>
        <source>A sigmoid of three straight lines: cheap to compute.</source>
        <translation>由三段直线组成的 sigmoid：计算量小。</translation>
    </message>
    <message>
        <source>Hardswish</source>
        <translation>Hardswish</translation>
    </message>
    <message>
        <source>Each number times its hard sigmoid: a cheap SiLU.</source>
        <translation>每个数乘以自己的 Hardsigmoid 值：计算量小的 SiLU。</translation>
    </message>
    <message>
        <source>Hardtanh</source>
        <translation>Hardtanh</translation>
    </message>
    <message>
        <source>Keep numbers between two bounds, cut what lies outside.</source>
        <translation>把数值限制在上下限之间，截去超出的部分。</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>The lower bound.</source>
        <translation>下限。</translation>
    </message>
    <message>
        <source>Greatest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>The upper bound.</source>
        <translation>上限。</translation>
    </message>
    <message>
        <source>Hardshrink</source>
        <translation>Hardshrink</translation>
    </message>
    <message>
        <source>Set numbers near 0 to 0, keep the rest.</source>
        <translation>把接近 0 的数置为 0，其余保持不变。</translation>
    </message>
    <message>
        <source>Numbers nearer to 0 than this are set to 0.</source>
        <translation>与 0 的距离小于它的数被置为 0。</translation>
    </message>
    <message>
        <source>Softshrink</source>
        <translation>Softshrink</translation>
    </message>
    <message>
        <source>Set numbers near 0 to 0, move the rest towards 0.</source>
        <translation>把接近 0 的数置为 0，其余的向 0 靠近。</translation>
    </message>
    <message>
        <source>Tanhshrink</source>
        <translation>Tanhshrink</translation>
    </message>
    <message>
        <source>Take from each number its tanh.</source>
        <translation>从每个数中减去自己的 tanh 值。</translation>
    </message>
    <message>
        <source>Keep numbers above a threshold, put one value in place of the rest.</source>
        <translation>保留大于阈值的数，其余用一个固定值代替。</translation>
    </message>
    <message>
        <source>What a number must exceed.</source>
        <translation>数值必须超过的界限。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>What stands in place of the rest.</source>
        <translation>代替其余数值的固定值。</translation>
    </message>
    <message>
        <source>GLU</source>
        <translation>GLU</translation>
    </message>
    <message>
        <source>Split features into two halves; a sigmoid of the second says how much of the first passes.</source>
        <translation>把特征分成两半；后一半经 sigmoid 后，决定前一半通过多少。</translation>
    </message>
    <message>
        <source>The dimension that is halved; batch is 0, the last is -1.</source>
        <translation>被分成两半的维度；批是第 0 维，最后一维是 -1。</translation>
    </message>
    <message>
        <source>Softmin</source>
        <translation>Softmin</translation>
    </message>
    <message>
        <source>Turn numbers into probabilities that sum to 1; the smallest number gets the most.</source>
        <translation>把数值变成总和为 1 的概率；数值越小，概率越大。</translation>
    </message>
    <message>
        <source>Softmax2d</source>
        <translation>Softmax2d</translation>
    </message>
    <message>
        <source>Turn the channels of each pixel into probabilities that sum to 1.</source>
        <translation>把每个像素的各通道变成总和为 1 的概率。</translation>
    </message>
    <message>
        <source>GumbelSoftmax</source>
        <translation>GumbelSoftmax</translation>
    </message>
    <message>
        <source>While training, draw a nearly certain choice through which gradients still flow; else a softmax.</source>
        <translation>训练时抽取一个近乎确定的选择，梯度仍可通过；其他时候就是 softmax。</translation>
    </message>
    <message>
        <source>Tau</source>
        <translation>温度 Tau</translation>
    </message>
    <message>
        <source>Temperature: the smaller, the more certain the choice.</source>
        <translation>温度：越小，选择越确定。</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>硬选择</translation>
    </message>
    <message>
        <source>Give exactly 0 and 1.</source>
        <translation>只给出 0 和 1。</translation>
    </message>
    <message>
        <source>The dimension that is chosen from; the last is -1.</source>
        <translation>从哪一维中选择；最后一维是 -1。</translation>
    </message>
    <message>
        <source>Which keys are only filling: batch, time; true is left out.</source>
        <translation>哪些键只是填充：批、时间；为真的不参与。</translation>
    </message>
    <message>
        <source>Which key each query may not see: query, key; true is hidden.</source>
        <translation>每个查询不能看到哪些键：查询、键；为真的被遮住。</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Weigh values by how well keys fit queries: softmax of q · k / √d, times v. Nothing is learned.</source>
        <translation>按键与查询的匹配程度对值加权：q · k / √d 的 softmax 乘以 v。没有可学习的参数。</translation>
    </message>
    <message>
        <source>Who asks: batch, time, features, or batch, heads, time, features.</source>
        <translation>发起查询的一方：批、时间、特征，或批、头、时间、特征。</translation>
    </message>
    <message>
        <source>Which key each query may see (true), or a number added to each fit.</source>
        <translation>每个查询能看到哪些键（为真），或加到每个匹配程度上的数。</translation>
    </message>
    <message>
        <source>Causal</source>
        <translation>因果</translation>
    </message>
    <message>
        <source>Let each place see only itself and what came before.</source>
        <translation>让每个位置只能看到自己和之前的位置。</translation>
    </message>
    <message>
        <source>Self-attention</source>
        <translation>自注意力</translation>
    </message>
    <message>
        <source>Let each place of a sequence gather from all places, or only from earlier ones, as in GPT.</source>
        <translation>让序列的每个位置从所有位置汇集信息，或像 GPT 那样只从之前的位置汇集。</translation>
    </message>
    <message>
        <source>The heads must divide the features that arrive.</source>
        <translation>头数必须能整除输入的特征数。</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征数</translation>
    </message>
    <message>
        <source>Transformer encoder layer</source>
        <translation>Transformer 编码器层</translation>
    </message>
    <message>
        <source>Self-attention and two linear layers, each with a skip and a normalisation.</source>
        <translation>自注意力和两个全连接层，各带跳跃连接和归一化。</translation>
    </message>
    <message>
        <source>Which place each place may not see: time, time; true is hidden.</source>
        <translation>每个位置不能看到哪些位置：时间、时间；为真的被遮住。</translation>
    </message>
    <message>
        <source>Which places are only filling: batch, time; true is left out.</source>
        <translation>哪些位置只是填充：批、时间；为真的不参与。</translation>
    </message>
    <message>
        <source>D model</source>
        <translation>模型维数</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>Inner features</source>
        <translation>中间特征数</translation>
    </message>
    <message>
        <source>Features between the two linear layers.</source>
        <translation>两个全连接层之间的特征数。</translation>
    </message>
    <message>
        <source>Share of numbers set to 0 while training.</source>
        <translation>训练时被置为 0 的数值比例。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>The bend between the linear layers.</source>
        <translation>两个全连接层之间的非线性函数。</translation>
    </message>
    <message>
        <source>gelu</source>
        <translation>gelu</translation>
    </message>
    <message>
        <source>Norm first</source>
        <translation>先归一化</translation>
    </message>
    <message>
        <source>Normalise before attention and linear layers, not after the skip.</source>
        <translation>在注意力和全连接层之前做归一化，而不是在跳跃连接之后。</translation>
    </message>
    <message>
        <source>Layer norm eps</source>
        <translation>层归一化的 Eps 小量</translation>
    </message>
    <message>
        <source>Transformer decoder layer</source>
        <translation>Transformer 解码器层</translation>
    </message>
    <message>
        <source>Self-attention, attention to what an encoder read, and two linear layers, each with a skip.</source>
        <translation>自注意力、对编码器所读内容的注意力和两个全连接层，各带跳跃连接。</translation>
    </message>
    <message>
        <source>The sequence that is written: batch, time, features.</source>
        <translation>写出的序列：批、时间、特征。</translation>
    </message>
    <message>
        <source>What the encoder read: batch, time, features.</source>
        <translation>编码器读到的内容：批、时间、特征。</translation>
    </message>
    <message>
        <source>Which places of the memory are only filling: batch, time; true is left out.</source>
        <translation>编码器所读内容的哪些位置只是填充：批、时间；为真的不参与。</translation>
    </message>
    <message>
        <source>Transformer</source>
        <translation>Transformer</translation>
    </message>
    <message>
        <source>The whole Transformer as it was first published: an encoder reads, a decoder writes.</source>
        <translation>最初发表的完整 Transformer：编码器负责读，解码器负责写。</translation>
    </message>
    <message>
        <source>The sequence that is read: batch, time, features.</source>
        <translation>读入的序列：批、时间、特征。</translation>
    </message>
    <message>
        <source>Encoder layers</source>
        <translation>编码器层数</translation>
    </message>
    <message>
        <source>Layers that read.</source>
        <translation>负责读的层数。</translation>
    </message>
    <message>
        <source>Decoder layers</source>
        <translation>解码器层数</translation>
    </message>
    <message>
        <source>Layers that write.</source>
        <translation>负责写的层数。</translation>
    </message>
    <message>
        <source>Causal mask</source>
        <translation>因果掩码</translation>
    </message>
    <message>
        <source>Make the mask that hides the future of a sequence: true above the diagonal.</source>
        <translation>生成遮住序列后文的掩码：对角线以上为真。</translation>
    </message>
    <message>
        <source>A sequence of the wanted length: batch, time, or batch, time, features.</source>
        <translation>长度符合要求的序列：批、时间，或批、时间、特征。</translation>
    </message>
    <message>
        <source>Padding mask</source>
        <translation>填充掩码</translation>
    </message>
    <message>
        <source>Make the mask that leaves out filling: true where a token is the padding token.</source>
        <translation>生成排除填充的掩码：词元为填充词元处为真。</translation>
    </message>
    <message>
        <source>Tokens: batch, time.</source>
        <translation>词元：批、时间。</translation>
    </message>
    <message>
        <source>Padding token</source>
        <translation>填充词元</translation>
    </message>
    <message>
        <source>The token that fills.</source>
        <translation>用来填充的词元。</translation>
    </message>
    <message>
        <source>Squeeze-excitation</source>
        <translation>压缩激励 Squeeze-excitation</translation>
    </message>
    <message>
        <source>Weigh each channel by what the whole image says of it.</source>
        <translation>根据整幅图像的信息为每个通道加权。</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道数</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>压缩倍数</translation>
    </message>
    <message>
        <source>How many times fewer channels stand in the middle.</source>
        <translation>中间的通道数减少到几分之一。</translation>
    </message>
    <message>
        <source>Divide</source>
        <translation>相除 Divide</translation>
    </message>
    <message>
        <source>Divide the first tensor by the second, number by number.</source>
        <translation>用第一个张量逐元素除以第二个张量。</translation>
    </message>
    <message>
        <source>What is divided.</source>
        <translation>被除数。</translation>
    </message>
    <message>
        <source>What it is divided by.</source>
        <translation>除数。</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>逐元素最大值 Maximum</translation>
    </message>
    <message>
        <source>Keep the larger of two tensors, number by number.</source>
        <translation>逐元素保留两个张量中较大的数。</translation>
    </message>
    <message>
        <source>First tensor.</source>
        <translation>第一个张量。</translation>
    </message>
    <message>
        <source>Second tensor.</source>
        <translation>第二个张量。</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>逐元素最小值 Minimum</translation>
    </message>
    <message>
        <source>Keep the smaller of two tensors, number by number.</source>
        <translation>逐元素保留两个张量中较小的数。</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>堆叠 Stack</translation>
    </message>
    <message>
        <source>Lay tensors of one shape on top of each other along a new dimension.</source>
        <translation>沿一个新维度把形状相同的张量叠放起来。</translation>
    </message>
    <message>
        <source>The tensors to stack, in order.</source>
        <translation>要按顺序堆叠的张量。</translation>
    </message>
    <message>
        <source>Where the new dimension stands; batch is 0.</source>
        <translation>新维度所在的位置；批是第 0 维。</translation>
    </message>
    <message>
        <source>Einsum</source>
        <translation>爱因斯坦求和 Einsum</translation>
    </message>
    <message>
        <source>Equation</source>
        <translation>算式</translation>
    </message>
    <message>
        <source>Interpolate</source>
        <translation>插值 Interpolate</translation>
    </message>
    <message>
        <source>Go from the first tensor to the second by a share that a third one gives.</source>
        <translation>按第三个张量给出的比例，从第一个张量过渡到第二个。</translation>
    </message>
    <message>
        <source>What a share of 0 gives.</source>
        <translation>比例为 0 时的结果。</translation>
    </message>
    <message>
        <source>What a share of 1 gives.</source>
        <translation>比例为 1 时的结果。</translation>
    </message>
    <message>
        <source>The share.</source>
        <translation>比例。</translation>
    </message>
    <message>
        <source>Reparameterize</source>
        <translation>重参数化 Reparameterize</translation>
    </message>
    <message>
        <source>While training, draw from a normal distribution through which gradients flow; else give its mean.</source>
        <translation>训练时从正态分布中采样，梯度可以通过；其他时候给出其均值。</translation>
    </message>
    <message>
        <source>The means.</source>
        <translation>均值。</translation>
    </message>
    <message>
        <source>The logarithms of the variances.</source>
        <translation>方差的对数。</translation>
    </message>
    <message>
        <source>Conv3d</source>
        <translation>三维卷积 Conv3d</translation>
    </message>
    <message>
        <source>Slide learned filters through a volume or a video.</source>
        <translation>让可学习的卷积核在体数据或视频中滑动。</translation>
    </message>
    <message>
        <source>Depthwise Conv1d</source>
        <translation>一维逐通道卷积 Depthwise Conv1d</translation>
    </message>
    <message>
        <source>Give each channel of a signal one filter of its own; channels do not mix.</source>
        <translation>信号的每个通道各用一个卷积核；通道之间不混合。</translation>
    </message>
    <message>
        <source>As many filters as channels.</source>
        <translation>卷积核与通道一样多。</translation>
    </message>
    <message>
        <source>A group for each channel.</source>
        <translation>每个通道自成一组。</translation>
    </message>
    <message>
        <source>Depthwise Conv2d</source>
        <translation>二维逐通道卷积 Depthwise Conv2d</translation>
    </message>
    <message>
        <source>Give each channel of an image one filter of its own; channels do not mix. A 1 × 1 Conv2d mixes them.</source>
        <translation>图像的每个通道各用一个卷积核；通道之间不混合。再接一个 1 × 1 的 Conv2d 即可混合通道。</translation>
    </message>
    <message>
        <source>Cosine similarity</source>
        <translation>余弦相似度</translation>
    </message>
    <message>
        <source>Give the cosine of the angle between two vectors: 1 is the same direction, 0 is unrelated.</source>
        <translation>给出两个向量夹角的余弦：1 表示方向相同，0 表示无关。</translation>
    </message>
    <message>
        <source>group distance</source>
        <translation>距离与相似度</translation>
    </message>
    <message>
        <source>First vectors.</source>
        <translation>第一组向量。</translation>
    </message>
    <message>
        <source>Second vectors.</source>
        <translation>第二组向量。</translation>
    </message>
    <message>
        <source>The dimension of the vectors; the last is -1.</source>
        <translation>向量所在的维度；最后一维是 -1。</translation>
    </message>
    <message>
        <source>Pairwise distance</source>
        <translation>成对距离</translation>
    </message>
    <message>
        <source>Give how far apart two vectors are, over the last dimension.</source>
        <translation>给出两个向量在最后一维上相距多远。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>阶数</translation>
    </message>
    <message>
        <source>Which distance: 2 is the straight line, 1 goes along the axes.</source>
        <translation>采用哪种距离：2 是直线距离，1 是沿坐标轴的距离。</translation>
    </message>
    <message>
        <source>Small number that keeps the root safe.</source>
        <translation>避免对零开方的小量。</translation>
    </message>
    <message>
        <source>Keep dimension</source>
        <translation>保留维度</translation>
    </message>
    <message>
        <source>Keep the dimension with size 1.</source>
        <translation>保留该维度，大小为 1。</translation>
    </message>
    <message>
        <source>All distances</source>
        <translation>两两距离</translation>
    </message>
    <message>
        <source>Give the distance of each row of one table from each row of another.</source>
        <translation>给出一个表的每一行与另一个表的每一行之间的距离。</translation>
    </message>
    <message>
        <source>First vectors: batch, rows, features.</source>
        <translation>第一组向量：批、行、特征。</translation>
    </message>
    <message>
        <source>Second vectors: batch, rows, features.</source>
        <translation>第二组向量：批、行、特征。</translation>
    </message>
    <message>
        <source>EmbeddingBag</source>
        <translation>嵌入袋 EmbeddingBag</translation>
    </message>
    <message>
        <source>Look up a learned vector for each whole number and merge them into one for the sample.</source>
        <translation>为每个整数查出一个可学习的向量，并合并成每个样本一个向量。</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>How vectors are merged.</source>
        <translation>向量的合并方式。</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>A number that is left out of the merging.</source>
        <translation>不参与合并的那个编号。</translation>
    </message>
    <message>
        <source>Learned positions</source>
        <translation>可学习位置编码</translation>
    </message>
    <message>
        <source>Add a learned vector for each place of the sequence.</source>
        <translation>为序列的每个位置加上一个可学习的向量。</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>The longest sequence.</source>
        <translation>最长的序列长度。</translation>
    </message>
    <message>
        <source>Sinusoidal positions</source>
        <translation>正弦位置编码</translation>
    </message>
    <message>
        <source>Add waves of many lengths that tell each place of the sequence from the others; nothing is learned.</source>
        <translation>加上多种波长的波，使序列的各个位置可以区分；没有可学习的参数。</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基数</translation>
    </message>
    <message>
        <source>How much longer the longest wave is than the shortest.</source>
        <translation>最长的波长是最短波长的多少倍。</translation>
    </message>
    <message>
        <source>Rotary positions</source>
        <translation>旋转位置编码</translation>
    </message>
    <message>
        <source>Turn pairs of features by an angle that grows with the place, for queries and keys of attention.</source>
        <translation>把特征两两成对旋转，角度随位置增大，用于注意力的查询和键。</translation>
    </message>
    <message>
        <source>How much slower the slowest pair turns than the fastest.</source>
        <translation>转得最慢的一对比最快的一对慢多少倍。</translation>
    </message>
    <message>
        <source>Time embedding</source>
        <translation>时间步嵌入</translation>
    </message>
    <message>
        <source>Turn the step of a diffusion into a vector of waves.</source>
        <translation>把扩散的时间步变成由波组成的向量。</translation>
    </message>
    <message>
        <source>Length of the vector.</source>
        <translation>向量的长度。</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>可学习参数 Parameter</translation>
    </message>
    <message>
        <source>A tensor that is learned itself, such as a class token; it is the same for every sample.</source>
        <translation>本身可学习的张量，例如分类词元；对所有样本都相同。</translation>
    </message>
    <message>
        <source>group making</source>
        <translation>生成张量</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>How far its first numbers lie around 0.</source>
        <translation>初始数值在 0 附近的分散程度。</translation>
    </message>
    <message>
        <source>Constant tensor</source>
        <translation>常量张量 Constant</translation>
    </message>
    <message>
        <source>A tensor of one number that is never learned; it is the same for every sample.</source>
        <translation>由同一个数组成的张量，不参与学习；对所有样本都相同。</translation>
    </message>
    <message>
        <source>The number.</source>
        <translation>所用的数。</translation>
    </message>
    <message>
        <source>Exp</source>
        <translation>指数函数 Exp</translation>
    </message>
    <message>
        <source>Raise e to each number.</source>
        <translation>以 e 为底，求每个数的指数。</translation>
    </message>
    <message>
        <source>group math</source>
        <translation>数学运算</translation>
    </message>
    <message>
        <source>Take the natural logarithm of each number.</source>
        <translation>取每个数的自然对数。</translation>
    </message>
    <message>
        <source>Square root</source>
        <translation>平方根</translation>
    </message>
    <message>
        <source>Take the square root of each number.</source>
        <translation>取每个数的平方根。</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>平方</translation>
    </message>
    <message>
        <source>Multiply each number by itself.</source>
        <translation>让每个数与自己相乘。</translation>
    </message>
    <message>
        <source>Absolute value</source>
        <translation>绝对值</translation>
    </message>
    <message>
        <source>Drop the sign of each number.</source>
        <translation>去掉每个数的符号。</translation>
    </message>
    <message>
        <source>Negate</source>
        <translation>取负</translation>
    </message>
    <message>
        <source>Turn the sign of each number.</source>
        <translation>改变每个数的符号。</translation>
    </message>
    <message>
        <source>Reciprocal</source>
        <translation>倒数</translation>
    </message>
    <message>
        <source>Divide 1 by each number.</source>
        <translation>用 1 除以每个数。</translation>
    </message>
    <message>
        <source>Sine</source>
        <translation>正弦</translation>
    </message>
    <message>
        <source>Take the sine of each number.</source>
        <translation>取每个数的正弦。</translation>
    </message>
    <message>
        <source>Take the cosine of each number.</source>
        <translation>取每个数的余弦。</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>幂</translation>
    </message>
    <message>
        <source>Raise each number to a power.</source>
        <translation>求每个数的幂。</translation>
    </message>
    <message>
        <source>Exponent</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>The power.</source>
        <translation>幂的指数。</translation>
    </message>
    <message>
        <source>Clamp</source>
        <translation>截断 Clamp</translation>
    </message>
    <message>
        <source>Cut numbers off at bounds.</source>
        <translation>把数值截断在上下限处。</translation>
    </message>
    <message>
        <source>The lower bound; empty for none.</source>
        <translation>下限；留空表示不限。</translation>
    </message>
    <message>
        <source>The upper bound; empty for none.</source>
        <translation>上限；留空表示不限。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放 Scale</translation>
    </message>
    <message>
        <source>Multiply each number by a factor and add an offset.</source>
        <translation>把每个数乘以一个系数，再加上一个偏移量。</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>What each number is multiplied by.</source>
        <translation>每个数所乘的系数。</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>偏移量</translation>
    </message>
    <message>
        <source>What is added then.</source>
        <translation>随后加上的数。</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Take the mean over dimensions.</source>
        <translation>在若干维上取平均值。</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>Which dimensions; batch is 0, the last is -1.</source>
        <translation>哪些维度；批是第 0 维，最后一维是 -1。</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>Add up over dimensions.</source>
        <translation>在若干维上求和。</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Keep the largest number over dimensions.</source>
        <translation>在若干维上取最大的数。</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Keep the smallest number over dimensions.</source>
        <translation>在若干维上取最小的数。</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Take the standard deviation over dimensions.</source>
        <translation>在若干维上取标准差。</translation>
    </message>
    <message>
        <source>Variance</source>
        <translation>方差</translation>
    </message>
    <message>
        <source>Take the variance over dimensions.</source>
        <translation>在若干维上取方差。</translation>
    </message>
    <message>
        <source>Log-sum-exp</source>
        <translation>对数求和指数 Log-sum-exp</translation>
    </message>
    <message>
        <source>Add up in the space of exponentials: a smooth maximum over dimensions.</source>
        <translation>取指数、求和、再取对数：若干维上的平滑最大值。</translation>
    </message>
    <message>
        <source>Vector length</source>
        <translation>向量长度（范数）</translation>
    </message>
    <message>
        <source>Take the length of vectors over dimensions.</source>
        <translation>在若干维上取向量的长度。</translation>
    </message>
    <message>
        <source>Which length: 2 is the usual one, 1 the sum of absolute values.</source>
        <translation>采用哪种长度：2 是通常的长度，1 是绝对值之和。</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>连乘积</translation>
    </message>
    <message>
        <source>Multiply all numbers along a dimension.</source>
        <translation>把某一维上的所有数相乘。</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>Which dimension; batch is 0, the last is -1.</source>
        <translation>哪一维；批是第 0 维，最后一维是 -1。</translation>
    </message>
    <message>
        <source>Place of the largest</source>
        <translation>最大值的位置</translation>
    </message>
    <message>
        <source>Give the place of the largest number along a dimension: the chosen class.</source>
        <translation>给出某一维上最大数的位置：即所选的类别。</translation>
    </message>
    <message>
        <source>Running sum</source>
        <translation>累加</translation>
    </message>
    <message>
        <source>Add up from the start to each place along a dimension.</source>
        <translation>沿某一维从开头累加到每个位置。</translation>
    </message>
    <message>
        <source>BatchNorm3d</source>
        <translation>三维批归一化 BatchNorm3d</translation>
    </message>
    <message>
        <source>InstanceNorm1d</source>
        <translation>一维实例归一化 InstanceNorm1d</translation>
    </message>
    <message>
        <source>Bring each channel of each signal to mean 0 and deviation 1 by itself.</source>
        <translation>让每个信号的每个通道各自均值为 0、标准差为 1。</translation>
    </message>
    <message>
        <source>Track running stats</source>
        <translation>跟踪统计量</translation>
    </message>
    <message>
        <source>When judging, use the mean and deviation seen while training.</source>
        <translation>评估时使用训练中见到的均值和标准差。</translation>
    </message>
    <message>
        <source>InstanceNorm2d</source>
        <translation>二维实例归一化 InstanceNorm2d</translation>
    </message>
    <message>
        <source>Bring each channel of each image to mean 0 and deviation 1 by itself.</source>
        <translation>让每幅图像的每个通道各自均值为 0、标准差为 1。</translation>
    </message>
    <message>
        <source>InstanceNorm3d</source>
        <translation>三维实例归一化 InstanceNorm3d</translation>
    </message>
    <message>
        <source>Bring each channel of each volume to mean 0 and deviation 1 by itself.</source>
        <translation>让每个体数据的每个通道各自均值为 0、标准差为 1。</translation>
    </message>
    <message>
        <source>RMSNorm</source>
        <translation>均方根归一化 RMSNorm</translation>
    </message>
    <message>
        <source>Divide the features of each place by their root mean square, then scale by learned numbers.</source>
        <translation>把每个位置的特征除以其均方根，再做可学习的缩放。</translation>
    </message>
    <message>
        <source>Small number that keeps the division safe; torch's own when empty.</source>
        <translation>避免除以零的小量；留空则用 torch 自带的值。</translation>
    </message>
    <message>
        <source>Learn a scale.</source>
        <translation>学习缩放。</translation>
    </message>
    <message>
        <source>LocalResponseNorm</source>
        <translation>局部响应归一化 LocalResponseNorm</translation>
    </message>
    <message>
        <source>Divide each number by the strength of its neighbours in other channels, as AlexNet does.</source>
        <translation>像 AlexNet 那样，把每个数除以相邻通道中同位置数值的强度。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>How many neighbouring channels count.</source>
        <translation>计入多少个相邻通道。</translation>
    </message>
    <message>
        <source>How much they count.</source>
        <translation>它们所占的比重。</translation>
    </message>
    <message>
        <source>Exponent of their strength.</source>
        <translation>其强度的指数。</translation>
    </message>
    <message>
        <source>K</source>
        <translation>K 常数</translation>
    </message>
    <message>
        <source>Added to their strength.</source>
        <translation>加到其强度上的数。</translation>
    </message>
    <message>
        <source>Unit length</source>
        <translation>单位长度</translation>
    </message>
    <message>
        <source>Divide vectors by their length, so that all have length 1.</source>
        <translation>把向量除以自身的长度，使长度都为 1。</translation>
    </message>
    <message>
        <source>ZeroPad1d</source>
        <translation>一维零填充 ZeroPad1d</translation>
    </message>
    <message>
        <source>Put zeros around the signal.</source>
        <translation>在信号两端补零。</translation>
    </message>
    <message>
        <source>group padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Places added: one number for all, or left and right.</source>
        <translation>补上的位置数：统一的一个数，或分别为左、右。</translation>
    </message>
    <message>
        <source>ZeroPad2d</source>
        <translation>二维零填充 ZeroPad2d</translation>
    </message>
    <message>
        <source>Put zeros around the image.</source>
        <translation>在图像四周补零。</translation>
    </message>
    <message>
        <source>Places added: one number for all, or left, right, top and bottom.</source>
        <translation>补上的位置数：统一的一个数，或分别为左、右、上、下。</translation>
    </message>
    <message>
        <source>ZeroPad3d</source>
        <translation>三维零填充 ZeroPad3d</translation>
    </message>
    <message>
        <source>Put zeros around the volume.</source>
        <translation>在体数据四周补零。</translation>
    </message>
    <message>
        <source>Places added: one number for all, or left, right, top, bottom, front and back.</source>
        <translation>补上的位置数：统一的一个数，或分别为左、右、上、下、前、后。</translation>
    </message>
    <message>
        <source>ConstantPad1d</source>
        <translation>一维常数填充 ConstantPad1d</translation>
    </message>
    <message>
        <source>Put one number around the signal.</source>
        <translation>在信号两端补上同一个数。</translation>
    </message>
    <message>
        <source>ConstantPad2d</source>
        <translation>二维常数填充 ConstantPad2d</translation>
    </message>
    <message>
        <source>Put one number around the image.</source>
        <translation>在图像四周补上同一个数。</translation>
    </message>
    <message>
        <source>ConstantPad3d</source>
        <translation>三维常数填充 ConstantPad3d</translation>
    </message>
    <message>
        <source>Put one number around the volume.</source>
        <translation>在体数据四周补上同一个数。</translation>
    </message>
    <message>
        <source>ReflectionPad1d</source>
        <translation>一维反射填充 ReflectionPad1d</translation>
    </message>
    <message>
        <source>Continue the signal by its mirror image.</source>
        <translation>用信号的镜像向两端延续。</translation>
    </message>
    <message>
        <source>ReflectionPad2d</source>
        <translation>二维反射填充 ReflectionPad2d</translation>
    </message>
    <message>
        <source>Continue the image by its mirror image.</source>
        <translation>用图像的镜像向四周延续。</translation>
    </message>
    <message>
        <source>ReflectionPad3d</source>
        <translation>三维反射填充 ReflectionPad3d</translation>
    </message>
    <message>
        <source>Continue the volume by its mirror image.</source>
        <translation>用体数据的镜像向四周延续。</translation>
    </message>
    <message>
        <source>ReplicationPad1d</source>
        <translation>一维边缘复制填充 ReplicationPad1d</translation>
    </message>
    <message>
        <source>Continue the signal by its outermost values.</source>
        <translation>用信号最外侧的值向两端延续。</translation>
    </message>
    <message>
        <source>ReplicationPad2d</source>
        <translation>二维边缘复制填充 ReplicationPad2d</translation>
    </message>
    <message>
        <source>Continue the image by its outermost values.</source>
        <translation>用图像最外侧的值向四周延续。</translation>
    </message>
    <message>
        <source>ReplicationPad3d</source>
        <translation>三维边缘复制填充 ReplicationPad3d</translation>
    </message>
    <message>
        <source>Continue the volume by its outermost values.</source>
        <translation>用体数据最外侧的值向四周延续。</translation>
    </message>
    <message>
        <source>CircularPad1d</source>
        <translation>一维循环填充 CircularPad1d</translation>
    </message>
    <message>
        <source>Continue the signal by its other end, as on a ring.</source>
        <translation>用信号的另一端延续，如同首尾相接的环。</translation>
    </message>
    <message>
        <source>CircularPad2d</source>
        <translation>二维循环填充 CircularPad2d</translation>
    </message>
    <message>
        <source>Continue the image by its other end, as on a ring.</source>
        <translation>用图像的另一端延续，如同首尾相接的环。</translation>
    </message>
    <message>
        <source>CircularPad3d</source>
        <translation>三维循环填充 CircularPad3d</translation>
    </message>
    <message>
        <source>Continue the volume by its other end, as on a ring.</source>
        <translation>用体数据的另一端延续，如同首尾相接的环。</translation>
    </message>
    <message>
        <source>Cosine annealing</source>
        <translation>余弦退火</translation>
    </message>
    <message>
        <source>Distance between the places of a window.</source>
        <translation>窗口各位置之间的间距。</translation>
    </message>
    <message>
        <source>Ceil mode</source>
        <translation>向上取整</translation>
    </message>
    <message>
        <source>Keep a last window that does not fit whole.</source>
        <translation>保留最后一个放不完整的窗口。</translation>
    </message>
    <message>
        <source>MaxPool3d</source>
        <translation>三维最大池化 MaxPool3d</translation>
    </message>
    <message>
        <source>Keep the largest value of each window of a volume.</source>
        <translation>保留体数据每个窗口中的最大值。</translation>
    </message>
    <message>
        <source>Count include pad</source>
        <translation>计入填充</translation>
    </message>
    <message>
        <source>Count the added zeros in the mean.</source>
        <translation>求平均值时把补上的零也计入。</translation>
    </message>
    <message>
        <source>AvgPool3d</source>
        <translation>三维平均池化 AvgPool3d</translation>
    </message>
    <message>
        <source>Take the mean of each window of a volume.</source>
        <translation>取体数据每个窗口的平均值。</translation>
    </message>
    <message>
        <source>LPPool1d</source>
        <translation>一维 p 范数池化 LPPool1d</translation>
    </message>
    <message>
        <source>Take the norm of each window: order 1 gives the sum, a high order nearly the largest value.</source>
        <translation>取每个窗口的范数：1 阶得到总和，阶数很高时接近最大值。</translation>
    </message>
    <message>
        <source>The order of the norm.</source>
        <translation>范数的阶数。</translation>
    </message>
    <message>
        <source>LPPool2d</source>
        <translation>二维 p 范数池化 LPPool2d</translation>
    </message>
    <message>
        <source>LPPool3d</source>
        <translation>三维 p 范数池化 LPPool3d</translation>
    </message>
    <message>
        <source>AdaptiveAvgPool1d</source>
        <translation>一维自适应平均池化 AdaptiveAvgPool1d</translation>
    </message>
    <message>
        <source>Take means so that the signal comes out at a given size, whatever came in.</source>
        <translation>取平均值，使信号无论输入多长都输出指定的长度。</translation>
    </message>
    <message>
        <source>Length of the result: 1 for one number a channel.</source>
        <translation>结果的长度：1 表示每个通道一个数。</translation>
    </message>
    <message>
        <source>AdaptiveAvgPool3d</source>
        <translation>三维自适应平均池化 AdaptiveAvgPool3d</translation>
    </message>
    <message>
        <source>Take means so that the volume comes out at a given size, whatever came in.</source>
        <translation>取平均值，使体数据无论输入多大都输出指定的尺寸。</translation>
    </message>
    <message>
        <source>AdaptiveMaxPool1d</source>
        <translation>一维自适应最大池化 AdaptiveMaxPool1d</translation>
    </message>
    <message>
        <source>Keep the largest values so that the signal comes out at a given size, whatever came in.</source>
        <translation>保留最大值，使信号无论输入多长都输出指定的长度。</translation>
    </message>
    <message>
        <source>AdaptiveMaxPool2d</source>
        <translation>二维自适应最大池化 AdaptiveMaxPool2d</translation>
    </message>
    <message>
        <source>Keep the largest values so that the image comes out at a given size, whatever came in.</source>
        <translation>保留最大值，使图像无论输入多大都输出指定的尺寸。</translation>
    </message>
    <message>
        <source>AdaptiveMaxPool3d</source>
        <translation>三维自适应最大池化 AdaptiveMaxPool3d</translation>
    </message>
    <message>
        <source>Keep the largest values so that the volume comes out at a given size, whatever came in.</source>
        <translation>保留最大值，使体数据无论输入多大都输出指定的尺寸。</translation>
    </message>
    <message>
        <source>FractionalMaxPool2d</source>
        <translation>二维分数最大池化 FractionalMaxPool2d</translation>
    </message>
    <message>
        <source>Keep the largest values of windows whose places are drawn at random, to reach any smaller size.</source>
        <translation>保留位置随机抽取的各窗口中的最大值，可缩小到任意较小的尺寸。</translation>
    </message>
    <message>
        <source>Side of the result.</source>
        <translation>结果的边长。</translation>
    </message>
    <message>
        <source>FractionalMaxPool3d</source>
        <translation>三维分数最大池化 FractionalMaxPool3d</translation>
    </message>
    <message>
        <source>MaxPool1d with places</source>
        <translation>一维最大池化（带位置）MaxPool1d</translation>
    </message>
    <message>
        <source>Keep the largest value of each window and where it stood, so that a MaxUnpool1d can put it back.</source>
        <translation>保留每个窗口中的最大值及其所在位置，以便 MaxUnpool1d 放回原处。</translation>
    </message>
    <message>
        <source>The signal.</source>
        <translation>信号。</translation>
    </message>
    <message>
        <source>The largest values.</source>
        <translation>最大值。</translation>
    </message>
    <message>
        <source>Where they stood.</source>
        <translation>它们所在的位置。</translation>
    </message>
    <message>
        <source>Return indices</source>
        <translation>返回位置</translation>
    </message>
    <message>
        <source>Give the places too.</source>
        <translation>同时给出位置。</translation>
    </message>
    <message>
        <source>MaxUnpool1d</source>
        <translation>一维最大反池化 MaxUnpool1d</translation>
    </message>
    <message>
        <source>Put the largest values back where they stood, with zeros around them: undoes a pooling with places.</source>
        <translation>把最大值放回原处，周围补零：带位置池化的逆操作。</translation>
    </message>
    <message>
        <source>The values.</source>
        <translation>数值。</translation>
    </message>
    <message>
        <source>Where they stood: from a pooling with places.</source>
        <translation>它们所在的位置：来自带位置的池化。</translation>
    </message>
    <message>
        <source>MaxPool2d with places</source>
        <translation>二维最大池化（带位置）MaxPool2d</translation>
    </message>
    <message>
        <source>Keep the largest value of each window and where it stood, so that a MaxUnpool2d can put it back.</source>
        <translation>保留每个窗口中的最大值及其所在位置，以便 MaxUnpool2d 放回原处。</translation>
    </message>
    <message>
        <source>The image.</source>
        <translation>图像。</translation>
    </message>
    <message>
        <source>MaxUnpool2d</source>
        <translation>二维最大反池化 MaxUnpool2d</translation>
    </message>
    <message>
        <source>MaxPool3d with places</source>
        <translation>三维最大池化（带位置）MaxPool3d</translation>
    </message>
    <message>
        <source>Keep the largest value of each window and where it stood, so that a MaxUnpool3d can put it back.</source>
        <translation>保留每个窗口中的最大值及其所在位置，以便 MaxUnpool3d 放回原处。</translation>
    </message>
    <message>
        <source>The volume.</source>
        <translation>体数据。</translation>
    </message>
    <message>
        <source>MaxUnpool3d</source>
        <translation>三维最大反池化 MaxUnpool3d</translation>
    </message>
    <message>
        <source>RNN cell</source>
        <translation>循环网络单元 RNN cell</translation>
    </message>
    <message>
        <source>One step of an RNN: mix what arrives with the state.</source>
        <translation>RNN 的一步：把输入与状态混合。</translation>
    </message>
    <message>
        <source>What arrives: batch, features.</source>
        <translation>输入的内容：批、特征。</translation>
    </message>
    <message>
        <source>The state; zeros when not connected.</source>
        <translation>状态；不连接时为零。</translation>
    </message>
    <message>
        <source>LSTM cell</source>
        <translation>长短期记忆单元 LSTM cell</translation>
    </message>
    <message>
        <source>One step of an LSTM: gates decide what is kept, changed and shown.</source>
        <translation>LSTM 的一步：由门决定保留、改变和输出什么。</translation>
    </message>
    <message>
        <source>The cell; zeros when not connected.</source>
        <translation>记忆单元；不连接时为零。</translation>
    </message>
    <message>
        <source>The new state.</source>
        <translation>新的状态。</translation>
    </message>
    <message>
        <source>The new cell.</source>
        <translation>新的记忆单元。</translation>
    </message>
    <message>
        <source>GRU cell</source>
        <translation>门控循环单元（单步）GRU cell</translation>
    </message>
    <message>
        <source>One step of a GRU: gates decide how much of the state is renewed.</source>
        <translation>GRU 的一步：由门决定状态更新多少。</translation>
    </message>
    <message>
        <source>Dropout1d</source>
        <translation>一维通道失活 Dropout1d</translation>
    </message>
    <message>
        <source>While training, set whole random channels of a signal to 0.</source>
        <translation>训练时随机把信号的整个通道置为 0。</translation>
    </message>
    <message>
        <source>Dropout3d</source>
        <translation>三维通道失活 Dropout3d</translation>
    </message>
    <message>
        <source>While training, set whole random channels of a volume to 0.</source>
        <translation>训练时随机把体数据的整个通道置为 0。</translation>
    </message>
    <message>
        <source>AlphaDropout</source>
        <translation>自归一化失活 AlphaDropout</translation>
    </message>
    <message>
        <source>While training, drop random numbers so that mean and deviation stay: the dropout for SELU.</source>
        <translation>训练时随机丢弃一部分数值，并保持均值和标准差不变：适用于 SELU 的随机失活。</translation>
    </message>
    <message>
        <source>Share of numbers dropped.</source>
        <translation>被丢弃的数值比例。</translation>
    </message>
    <message>
        <source>FeatureAlphaDropout</source>
        <translation>自归一化通道失活 FeatureAlphaDropout</translation>
    </message>
    <message>
        <source>While training, drop whole random channels so that mean and deviation stay.</source>
        <translation>训练时随机丢弃整个通道，并保持均值和标准差不变。</translation>
    </message>
    <message>
        <source>Share of channels dropped.</source>
        <translation>被丢弃的通道比例。</translation>
    </message>
    <message>
        <source>Stochastic depth</source>
        <translation>随机深度</translation>
    </message>
    <message>
        <source>While training, leave out a residual branch for random samples; put this at the end of the branch.</source>
        <translation>训练时对随机抽取的样本跳过残差分支；请放在该分支的末尾。</translation>
    </message>
    <message>
        <source>Share of samples for which the branch is left out.</source>
        <translation>跳过该分支的样本比例。</translation>
    </message>
    <message>
        <source>Gaussian noise</source>
        <translation>高斯噪声</translation>
    </message>
    <message>
        <source>While training, add random numbers from a normal distribution.</source>
        <translation>训练时加上服从正态分布的随机数。</translation>
    </message>
    <message>
        <source>How large the noise is.</source>
        <translation>噪声的大小。</translation>
    </message>
    <message>
        <source>Enlarge an image, by repeating its pixels or by passing smoothly from one to the next.</source>
        <translation>放大图像：重复像素，或在像素之间平滑过渡。</translation>
    </message>
    <message>
        <source>Repeat pixels, or pass from one to the next along lines or curves.</source>
        <translation>重复像素，或在像素之间按直线或曲线过渡。</translation>
    </message>
    <message>
        <source>nearest</source>
        <translation>最近邻</translation>
    </message>
    <message>
        <source>bilinear</source>
        <translation>双线性</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>双三次</translation>
    </message>
    <message>
        <source>Upsample1d</source>
        <translation>一维上采样 Upsample1d</translation>
    </message>
    <message>
        <source>Lengthen a signal, by repeating its values or by passing smoothly from one to the next.</source>
        <translation>加长信号：重复数值，或在数值之间平滑过渡。</translation>
    </message>
    <message>
        <source>How many times longer the signal grows.</source>
        <translation>信号加长的倍数。</translation>
    </message>
    <message>
        <source>Repeat values, or pass along lines.</source>
        <translation>重复数值，或按直线过渡。</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Upsample3d</source>
        <translation>三维上采样 Upsample3d</translation>
    </message>
    <message>
        <source>Enlarge a volume, by repeating its values or by passing smoothly from one to the next.</source>
        <translation>放大体数据：重复数值，或在数值之间平滑过渡。</translation>
    </message>
    <message>
        <source>How many times larger the volume grows.</source>
        <translation>体数据放大的倍数。</translation>
    </message>
    <message>
        <source>trilinear</source>
        <translation>三线性</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>调整尺寸 Resize</translation>
    </message>
    <message>
        <source>Bring an image to a given size.</source>
        <translation>把图像缩放到指定的尺寸。</translation>
    </message>
    <message>
        <source>Height and width of the result.</source>
        <translation>结果的高度和宽度。</translation>
    </message>
    <message>
        <source>How pixels between pixels are found; area takes means and is best for shrinking.</source>
        <translation>如何求出像素之间的值；区域方式取平均值，最适合缩小。</translation>
    </message>
    <message>
        <source>area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Pixel shuffle</source>
        <translation>像素重排 PixelShuffle</translation>
    </message>
    <message>
        <source>Turn channels into pixels: the image grows and has fewer channels.</source>
        <translation>把通道变成像素：图像变大，通道变少。</translation>
    </message>
    <message>
        <source>Upscale factor</source>
        <translation>放大倍数</translation>
    </message>
    <message>
        <source>Pixel unshuffle</source>
        <translation>逆像素重排 PixelUnshuffle</translation>
    </message>
    <message>
        <source>Turn pixels into channels: the image shrinks and loses nothing.</source>
        <translation>把像素变成通道：图像变小，且不丢失任何信息。</translation>
    </message>
    <message>
        <source>Downscale factor</source>
        <translation>缩小倍数</translation>
    </message>
    <message>
        <source>How many times smaller the image gets.</source>
        <translation>图像缩小的倍数。</translation>
    </message>
    <message>
        <source>Channel shuffle</source>
        <translation>通道重排 ChannelShuffle</translation>
    </message>
    <message>
        <source>Mix the channels of groups, so that a grouped convolution sees all of them.</source>
        <translation>打乱各组的通道，使分组卷积能看到所有组的通道。</translation>
    </message>
    <message>
        <source>Number of groups that the channels came from.</source>
        <translation>通道来自多少个组。</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>窗口展开 Unfold</translation>
    </message>
    <message>
        <source>Cut an image into windows and lay the numbers of each in a column: batch, numbers, windows.</source>
        <translation>把图像切成窗口，每个窗口的数值排成一列：批、数值、窗口。</translation>
    </message>
    <message>
        <source>Step between windows.</source>
        <translation>窗口之间的步幅。</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>窗口还原 Fold</translation>
    </message>
    <message>
        <source>Put windows back into an image, adding where they overlap: undoes an Unfold.</source>
        <translation>把窗口放回图像，重叠处相加：Unfold 的逆操作。</translation>
    </message>
    <message>
        <source>Height and width of the image.</source>
        <translation>图像的高度和宽度。</translation>
    </message>
    <message>
        <source>Places cut off at each side of the result.</source>
        <translation>从结果的每条边裁去的位置数。</translation>
    </message>
    <message>
        <source>Unflatten</source>
        <translation>拆维 Unflatten</translation>
    </message>
    <message>
        <source>Split one dimension into several.</source>
        <translation>把一个维度拆成多个。</translation>
    </message>
    <message>
        <source>The dimension to split; batch is 0.</source>
        <translation>要拆分的维度；批是第 0 维。</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>各部分尺寸</translation>
    </message>
    <message>
        <source>Its new sizes; their product is the old size.</source>
        <translation>拆成的新尺寸；它们的乘积等于原来的尺寸。</translation>
    </message>
    <message>
        <source>Transpose</source>
        <translation>转置 Transpose</translation>
    </message>
    <message>
        <source>Swap two dimensions.</source>
        <translation>交换两个维度。</translation>
    </message>
    <message>
        <source>First dimension</source>
        <translation>第一个维度</translation>
    </message>
    <message>
        <source>One dimension; batch is 0.</source>
        <translation>其中一个维度；批是第 0 维。</translation>
    </message>
    <message>
        <source>Second dimension</source>
        <translation>第二个维度</translation>
    </message>
    <message>
        <source>The other.</source>
        <translation>另一个维度。</translation>
    </message>
    <message>
        <source>Squeeze</source>
        <translation>压缩维度 Squeeze</translation>
    </message>
    <message>
        <source>Remove a dimension of size 1.</source>
        <translation>去掉大小为 1 的维度。</translation>
    </message>
    <message>
        <source>The dimension to remove; batch is 0.</source>
        <translation>要去掉的维度；批是第 0 维。</translation>
    </message>
    <message>
        <source>Unsqueeze</source>
        <translation>扩展维度 Unsqueeze</translation>
    </message>
    <message>
        <source>Add a dimension of size 1.</source>
        <translation>增加一个大小为 1 的维度。</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Where it stands; batch is 0.</source>
        <translation>它所在的位置；批是第 0 维。</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>翻转 Flip</translation>
    </message>
    <message>
        <source>Reverse the order along dimensions.</source>
        <translation>在若干维上颠倒顺序。</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>循环移位 Roll</translation>
    </message>
    <message>
        <source>Shift along a dimension; what falls out at one end comes in at the other.</source>
        <translation>沿某一维移动；从一端移出的部分从另一端移入。</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>移动位数</translation>
    </message>
    <message>
        <source>How many places; negative ones go back.</source>
        <translation>移动多少个位置；负数表示往回移。</translation>
    </message>
    <message>
        <source>Along which dimension; batch is 0.</source>
        <translation>沿哪一维；批是第 0 维。</translation>
    </message>
    <message>
        <source>Repeat every place along a dimension.</source>
        <translation>沿某一维重复每个位置。</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>How often.</source>
        <translation>重复多少次。</translation>
    </message>
    <message>
        <source>The dimension that grows; batch is 0.</source>
        <translation>变长的那一维；批是第 0 维。</translation>
    </message>
    <message>
        <source>Chunk</source>
        <translation>等分 Chunk</translation>
    </message>
    <message>
        <source>Cut a tensor into equal pieces along one dimension; the last may be smaller.</source>
        <translation>沿某一维把张量切成相等的几份；最后一份可能较小。</translation>
    </message>
    <message>
        <source>The tensor to cut.</source>
        <translation>要切分的张量。</translation>
    </message>
    <message>
        <source>A piece.</source>
        <translation>其中一份。</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>How many pieces.</source>
        <translation>切成多少份。</translation>
    </message>
    <message>
        <source>The dimension to cut; batch is 0, channels and features are 1.</source>
        <translation>要切分的维度；批是第 0 维，通道和特征是第 1 维。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分 Split</translation>
    </message>
    <message>
        <source>Cut a tensor into pieces of given sizes along one dimension.</source>
        <translation>沿某一维按指定的尺寸把张量切成几份。</translation>
    </message>
    <message>
        <source>The size of each piece; together they fill it.</source>
        <translation>每一份的尺寸；合起来正好等于整个维度。</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>切片 Slice</translation>
    </message>
    <message>
        <source>Keep a range along one dimension.</source>
        <translation>在某一维上保留一段。</translation>
    </message>
    <message>
        <source>The dimension to cut; batch is 0.</source>
        <translation>要切取的维度；批是第 0 维。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>The first place kept; negative ones count from the end.</source>
        <translation>保留的第一个位置；负数从末尾数起。</translation>
    </message>
    <message>
        <source>End</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>The first place left out; empty for all to the end.</source>
        <translation>不再保留的第一个位置；留空则一直保留到末尾。</translation>
    </message>
    <message>
        <source>1 keeps every place, 2 every second, and so on.</source>
        <translation>1 保留每个位置，2 每两个保留一个，依此类推。</translation>
    </message>
    <message>
        <source>Gather</source>
        <translation>按位置取值 Gather</translation>
    </message>
    <message>
        <source>Pick numbers along a dimension at places that another tensor gives, such as the value of an action.</source>
        <translation>在某一维上按另一个张量给出的位置取数，例如某个动作的价值。</translation>
    </message>
    <message>
        <source>What is picked from.</source>
        <translation>从中取数的张量。</translation>
    </message>
    <message>
        <source>The places: whole numbers.</source>
        <translation>位置：整数。</translation>
    </message>
    <message>
        <source>The dimension to pick from; batch is 0.</source>
        <translation>从哪一维取数；批是第 0 维。</translation>
    </message>
    <message>
        <source>Crop to</source>
        <translation>裁剪对齐</translation>
    </message>
    <message>
        <source>Cut the middle out of an image so that it is as large as another: for skips of U-Net.</source>
        <translation>裁出图像的中间部分，使其与另一幅图像一样大：用于 U-Net 的跳跃连接。</translation>
    </message>
    <message>
        <source>The larger image.</source>
        <translation>较大的图像。</translation>
    </message>
    <message>
        <source>An image of the wanted size.</source>
        <translation>尺寸符合要求的图像。</translation>
    </message>
    <message>
        <source>One-hot</source>
        <translation>独热编码 One-hot</translation>
    </message>
    <message>
        <source>Turn each whole number into a vector with a 1 at its place and 0 elsewhere.</source>
        <translation>把每个整数变成向量：对应位置为 1，其余为 0。</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别数</translation>
    </message>
    <message>
        <source>How many different numbers there are.</source>
        <translation>共有多少个不同的编号。</translation>
    </message>
    <message>
        <source>ConvTranspose1d</source>
        <translation>一维转置卷积 ConvTranspose1d</translation>
    </message>
    <message>
        <source>Lengthen a signal by learned filters: the transposed convolution.</source>
        <translation>用可学习的卷积核加长信号，即转置卷积。</translation>
    </message>
    <message>
        <source>Places cut off at both ends of the result.</source>
        <translation>从结果的两端裁去的位置数。</translation>
    </message>
    <message>
        <source>Places added at one end.</source>
        <translation>在一端补上的位置数。</translation>
    </message>
    <message>
        <source>ConvTranspose3d</source>
        <translation>三维转置卷积 ConvTranspose3d</translation>
    </message>
    <message>
        <source>Enlarge a volume by learned filters: the transposed convolution.</source>
        <translation>用可学习的卷积核放大体数据，即转置卷积。</translation>
    </message>
    <message>
        <source>Places added at one side.</source>
        <translation>在一侧补上的位置数。</translation>
    </message>
    <!-- Words that a block is found by besides its name; several Chinese words stand with spaces between. -->
    <message>
        <source>rectifier</source>
        <translation>修正线性单元 线性整流</translation>
    </message>
    <message>
        <source>logistic</source>
        <translation>逻辑函数 S 形函数</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>log probability</source>
        <translation>对数概率</translation>
    </message>
    <message>
        <source>clamp</source>
        <translation>截断 限幅</translation>
    </message>
    <message>
        <source>learned slope</source>
        <translation>可学习斜率</translation>
    </message>
    <message>
        <source>random slope</source>
        <translation>随机斜率</translation>
    </message>
    <message>
        <source>self-normalizing</source>
        <translation>自归一化</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>正数</translation>
    </message>
    <message>
        <source>sparse</source>
        <translation>稀疏</translation>
    </message>
    <message>
        <source>gated linear unit</source>
        <translation>门控线性单元</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>discrete</source>
        <translation>离散</translation>
    </message>
    <message>
        <source>categorical</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>self-attention</source>
        <translation>自注意力</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>scaled dot-product</source>
        <translation>缩放点积</translation>
    </message>
    <message>
        <source>multi-head</source>
        <translation>多头</translation>
    </message>
    <message>
        <source>causal</source>
        <translation>因果</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>前馈网络</translation>
    </message>
    <message>
        <source>translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>seq2seq</source>
        <translation>序列到序列</translation>
    </message>
    <message>
        <source>encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>triangular</source>
        <translation>三角</translation>
    </message>
    <message>
        <source>future</source>
        <translation>未来</translation>
    </message>
    <message>
        <source>autoregressive</source>
        <translation>自回归</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>channel attention</source>
        <translation>通道注意力</translation>
    </message>
    <message>
        <source>skip</source>
        <translation>跳跃连接 跳连 跳接 短接 捷径</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>残差连接</translation>
    </message>
    <message>
        <source>zero padding</source>
        <translation>补零</translation>
    </message>
    <message>
        <source>product</source>
        <translation>乘积</translation>
    </message>
    <message>
        <source>gate</source>
        <translation>门控</translation>
    </message>
    <message>
        <source>minus</source>
        <translation>减</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>差</translation>
    </message>
    <message>
        <source>concatenate</source>
        <translation>连接 串联</translation>
    </message>
    <message>
        <source>join</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>matrix product</source>
        <translation>矩阵乘积</translation>
    </message>
    <message>
        <source>quotient</source>
        <translation>商</translation>
    </message>
    <message>
        <source>ratio</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>较大</translation>
    </message>
    <message>
        <source>element-wise max</source>
        <translation>逐元素最大值</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>较小</translation>
    </message>
    <message>
        <source>element-wise min</source>
        <translation>逐元素最小值</translation>
    </message>
    <message>
        <source>new dimension</source>
        <translation>新维度</translation>
    </message>
    <message>
        <source>einstein</source>
        <translation>爱因斯坦</translation>
    </message>
    <message>
        <source>tensor product</source>
        <translation>张量积</translation>
    </message>
    <message>
        <source>contraction</source>
        <translation>缩并</translation>
    </message>
    <message>
        <source>mix</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>blend</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>latent</source>
        <translation>隐变量</translation>
    </message>
    <message>
        <source>variational</source>
        <translation>变分自编码器</translation>
    </message>
    <message>
        <source>signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>cnn</source>
        <translation>卷积神经网络</translation>
    </message>
    <message>
        <source>dilated</source>
        <translation>空洞卷积 膨胀卷积 扩张卷积</translation>
    </message>
    <message>
        <source>grouped</source>
        <translation>分组卷积</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>体数据</translation>
    </message>
    <message>
        <source>medical</source>
        <translation>医学影像</translation>
    </message>
    <message>
        <source>separable</source>
        <translation>深度可分离卷积 深度卷积</translation>
    </message>
    <message>
        <source>angle</source>
        <translation>夹角</translation>
    </message>
    <message>
        <source>siamese</source>
        <translation>孪生网络</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>euclidean</source>
        <translation>欧氏距离</translation>
    </message>
    <message>
        <source>clusters</source>
        <translation>聚类</translation>
    </message>
    <message>
        <source>rbf</source>
        <translation>径向基</translation>
    </message>
    <message>
        <source>token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>word</source>
        <translation>词向量</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>lookup</source>
        <translation>查表</translation>
    </message>
    <message>
        <source>bag of words</source>
        <translation>词袋</translation>
    </message>
    <message>
        <source>positional embedding</source>
        <translation>位置嵌入</translation>
    </message>
    <message>
        <source>positional encoding</source>
        <translation>位置编码</translation>
    </message>
    <message>
        <source>positional</source>
        <translation>位置编码</translation>
    </message>
    <message>
        <source>diffusion</source>
        <translation>扩散模型</translation>
    </message>
    <message>
        <source>timestep</source>
        <translation>时间步</translation>
    </message>
    <message>
        <source>noise level</source>
        <translation>噪声水平</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>稠密层 密集层</translation>
    </message>
    <message>
        <source>fully connected</source>
        <translation>线性层 全连接层</translation>
    </message>
    <message>
        <source>two inputs</source>
        <translation>两个输入</translation>
    </message>
    <message>
        <source>pass</source>
        <translation>直通</translation>
    </message>
    <message>
        <source>learned tensor</source>
        <translation>可学习张量</translation>
    </message>
    <message>
        <source>class token</source>
        <translation>分类词元</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>固定 常数</translation>
    </message>
    <message>
        <source>exponential</source>
        <translation>指数</translation>
    </message>
    <message>
        <source>logarithm</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>root</source>
        <translation>开方</translation>
    </message>
    <message>
        <source>power</source>
        <translation>幂 次方</translation>
    </message>
    <message>
        <source>magnitude</source>
        <translation>大小 模长</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>inverse</source>
        <translation>取逆</translation>
    </message>
    <message>
        <source>periodic</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>exponent</source>
        <translation>次方 乘方</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>裁剪 限幅</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>rescale</source>
        <translation>重新缩放</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>平移 移位</translation>
    </message>
    <message>
        <source>multiply</source>
        <translation>相乘</translation>
    </message>
    <message>
        <source>average</source>
        <translation>均值 平均</translation>
    </message>
    <message>
        <source>reduce</source>
        <translation>归约</translation>
    </message>
    <message>
        <source>global pooling</source>
        <translation>全局池化</translation>
    </message>
    <message>
        <source>total</source>
        <translation>总和</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>离散程度</translation>
    </message>
    <message>
        <source>soft maximum</source>
        <translation>软最大值</translation>
    </message>
    <message>
        <source>capsule</source>
        <translation>胶囊网络</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>cumulative</source>
        <translation>累积和</translation>
    </message>
    <message>
        <source>placeholder</source>
        <translation>占位符</translation>
    </message>
    <message>
        <source>result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>bn</source>
        <translation>批标准化 批规范化</translation>
    </message>
    <message>
        <source>standardize</source>
        <translation>标准化 规范化</translation>
    </message>
    <message>
        <source>style</source>
        <translation>风格迁移</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>root mean square</source>
        <translation>均方根</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>border</source>
        <translation>边界 补边</translation>
    </message>
    <message>
        <source>mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>edge</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>wrap</source>
        <translation>环绕</translation>
    </message>
    <message>
        <source>downsample</source>
        <translation>下采样 降采样</translation>
    </message>
    <message>
        <source>global average pooling</source>
        <translation>全局平均池化</translation>
    </message>
    <message>
        <source>global max pooling</source>
        <translation>全局最大池化</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>indices</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>unpool</source>
        <translation>反池化</translation>
    </message>
    <message>
        <source>autoencoder</source>
        <translation>自编码器</translation>
    </message>
    <message>
        <source>upsample</source>
        <translation>上采样</translation>
    </message>
    <message>
        <source>recurrent</source>
        <translation>循环神经网络</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间序列</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>one step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>丢弃 丢弃法</translation>
    </message>
    <message>
        <source>overfitting</source>
        <translation>过拟合</translation>
    </message>
    <message>
        <source>drop path</source>
        <translation>路径丢弃</translation>
    </message>
    <message>
        <source>denoising</source>
        <translation>去噪</translation>
    </message>
    <message>
        <source>robust</source>
        <translation>鲁棒</translation>
    </message>
    <message>
        <source>view</source>
        <translation>变形 视图</translation>
    </message>
    <message>
        <source>vector</source>
        <translation>向量 拉平</translation>
    </message>
    <message>
        <source>transpose</source>
        <translation>转置</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>channels last</source>
        <translation>通道在最后</translation>
    </message>
    <message>
        <source>last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>slice</source>
        <translation>切片</translation>
    </message>
    <message>
        <source>enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>resize</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>lengthen</source>
        <translation>拉长</translation>
    </message>
    <message>
        <source>resample</source>
        <translation>重采样</translation>
    </message>
    <message>
        <source>interpolate</source>
        <translation>插值</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>image size</source>
        <translation>图像尺寸</translation>
    </message>
    <message>
        <source>super-resolution</source>
        <translation>超分辨率</translation>
    </message>
    <message>
        <source>sub-pixel</source>
        <translation>亚像素</translation>
    </message>
    <message>
        <source>depth to space</source>
        <translation>深度转空间</translation>
    </message>
    <message>
        <source>space to depth</source>
        <translation>空间转深度</translation>
    </message>
    <message>
        <source>groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>patches</source>
        <translation>图像块</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>split dimension</source>
        <translation>拆分维度</translation>
    </message>
    <message>
        <source>permute</source>
        <translation>换维 维度重排</translation>
    </message>
    <message>
        <source>remove dimension</source>
        <translation>降维 去掉维度</translation>
    </message>
    <message>
        <source>add dimension</source>
        <translation>增加维度 升维</translation>
    </message>
    <message>
        <source>expand</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>reverse</source>
        <translation>反转 逆序</translation>
    </message>
    <message>
        <source>rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>tile</source>
        <translation>平铺</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>divide</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>split</source>
        <translation>切分</translation>
    </message>
    <message>
        <source>chunk</source>
        <translation>分块</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>pick</source>
        <translation>挑选</translation>
    </message>
    <message>
        <source>center crop</source>
        <translation>中心裁剪</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>deconvolution</source>
        <translation>反卷积</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>Kaiming normal</source>
        <translation>Kaiming 正态</translation>
    </message>
    <message>
        <source>Draw from a bell curve whose spread keeps the size of numbers through layers with ReLU (He et al.).</source>
        <translation>从正态分布中抽取，其标准差使数值在带 ReLU 的各层间保持大小（He 等）。</translation>
    </message>
    <message>
        <source>Slope of the leaky ReLU behind, where negative.</source>
        <translation>其后 leaky ReLU 在负半轴的斜率。</translation>
    </message>
    <message>
        <source>Keep the size of what goes forward (fan_in), or of gradients going back (fan_out).</source>
        <translation>保持前向信号的大小（fan_in），或反向梯度的大小（fan_out）。</translation>
    </message>
    <message>
        <source>The activation behind the layer.</source>
        <translation>该层之后的激活函数。</translation>
    </message>
    <message>
        <source>Kaiming uniform</source>
        <translation>Kaiming 均匀</translation>
    </message>
    <message>
        <source>Draw evenly from a range that keeps the size of numbers through layers with ReLU (He et al.).</source>
        <translation>从一个区间内均匀抽取，其宽度使数值在带 ReLU 的各层间保持大小（He 等）。</translation>
    </message>
    <message>
        <source>Xavier normal</source>
        <translation>Xavier 正态</translation>
    </message>
    <message>
        <source>Draw from a bell curve whose spread suits layers with tanh or sigmoid (Glorot and Bengio).</source>
        <translation>从正态分布中抽取，其标准差适合带 tanh 或 sigmoid 的层（Glorot 与 Bengio）。</translation>
    </message>
    <message>
        <source>The spread is multiplied by this.</source>
        <translation>标准差会乘以这个数。</translation>
    </message>
    <message>
        <source>Xavier uniform</source>
        <translation>Xavier 均匀</translation>
    </message>
    <message>
        <source>Draw evenly from a range that suits layers with tanh or sigmoid (Glorot and Bengio).</source>
        <translation>从一个适合带 tanh 或 sigmoid 的层的区间内均匀抽取（Glorot 与 Bengio）。</translation>
    </message>
    <message>
        <source>The range is multiplied by this.</source>
        <translation>区间会乘以这个数。</translation>
    </message>
    <message>
        <source>Orthogonal</source>
        <translation>正交</translation>
    </message>
    <message>
        <source>Begin with rows at right angles to each other, which keeps lengths: for deep and recurrent layers.</source>
        <translation>各行从相互正交开始，从而保持长度：适合很深的网络和循环层。</translation>
    </message>
    <message>
        <source>Lengths are multiplied by this.</source>
        <translation>长度会乘以这个数。</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正态分布</translation>
    </message>
    <message>
        <source>Draw from a bell curve.</source>
        <translation>从正态分布中抽取。</translation>
    </message>
    <message>
        <source>The middle.</source>
        <translation>均值。</translation>
    </message>
    <message>
        <source>The spread: two thirds of the numbers are nearer than this.</source>
        <translation>标准差：约三分之二的数与均值的距离小于它。</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Truncated normal</source>
        <translation>截断正态</translation>
    </message>
    <message>
        <source>Draw from a bell curve without its far ends, as vision Transformers do.</source>
        <translation>从去掉两端的正态分布中抽取，视觉 Transformer 常用。</translation>
    </message>
    <message>
        <source>The spread.</source>
        <translation>标准差。</translation>
    </message>
    <message>
        <source>The least number that is drawn.</source>
        <translation>可抽到的最小值。</translation>
    </message>
    <message>
        <source>The greatest number that is drawn.</source>
        <translation>可抽到的最大值。</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>均匀分布</translation>
    </message>
    <message>
        <source>Draw evenly from a range.</source>
        <translation>从一个区间内均匀抽取。</translation>
    </message>
    <message>
        <source>The least number.</source>
        <translation>最小的数。</translation>
    </message>
    <message>
        <source>The greatest number.</source>
        <translation>最大的数。</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>全零</translation>
    </message>
    <message>
        <source>Begin with 0 everywhere: usual for biases; weights that all begin alike learn alike.</source>
        <translation>全部从 0 开始：偏置常用；权重若都相同，学到的也会相同。</translation>
    </message>
    <message>
        <source>Ones</source>
        <translation>全一</translation>
    </message>
    <message>
        <source>Begin with 1 everywhere: usual for the scales of normalisations.</source>
        <translation>全部从 1 开始：归一化层的缩放系数常用。</translation>
    </message>
    <message>
        <source>Begin with one number everywhere.</source>
        <translation>全部从同一个数开始。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Identity matrix</source>
        <translation>单位矩阵</translation>
    </message>
    <message>
        <source>Begin as the layer that passes on what arrives, as far as sizes allow.</source>
        <translation>在尺寸允许的范围内，从“原样传递”的层开始。</translation>
    </message>
    <message>
        <source>Dirac</source>
        <translation>狄拉克 Dirac</translation>
    </message>
    <message>
        <source>Begin as the convolution that passes channels on, as many as sizes allow.</source>
        <translation>从“原样传递通道”的卷积开始，能传多少通道就传多少。</translation>
    </message>
    <message>
        <source>Groups of the convolution.</source>
        <translation>卷积的分组数。</translation>
    </message>
    <message>
        <source>Sparse</source>
        <translation>稀疏</translation>
    </message>
    <message>
        <source>Draw from a bell curve and set a share of every column to 0 (Martens).</source>
        <translation>从正态分布中抽取，并把每一列的一部分置为 0（Martens）。</translation>
    </message>
    <message>
        <source>The share of zeros.</source>
        <translation>零所占的比例。</translation>
    </message>
    <message>
        <source>Share of zeros</source>
        <translation>零的比例</translation>
    </message>
    <message>
        <source>The spread of the others.</source>
        <translation>其余数的标准差。</translation>
    </message>
    <message>
        <source>group by size</source>
        <translation>按层的大小</translation>
    </message>
    <message>
        <source>group structured</source>
        <translation>结构化</translation>
    </message>
    <message>
        <source>group plain</source>
        <translation>基本</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>fan_in</source>
        <translation>fan_in（前向）</translation>
    </message>
    <message>
        <source>fan_out</source>
        <translation>fan_out（反向）</translation>
    </message>
    <message>
        <source>leaky_relu</source>
        <translation>leaky ReLU</translation>
    </message>
    <message>
        <source>selu</source>
        <translation>SELU</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid</translation>
    </message>
    <message>
        <source>Slope</source>
        <translation>斜率</translation>
    </message>
    <message>
        <source>1 is a straight line; more falls faster at first.</source>
        <translation>1 为直线；越大则开始时降得越快。</translation>
    </message>
    <message>
        <source>A change this small ends a step.</source>
        <translation>变化小到这个程度时，一步结束。</translation>
    </message>
    <message>
        <source>A gradient this small ends a step.</source>
        <translation>梯度小到这个程度时，一步结束。</translation>
    </message>
    <message>
        <source>AUROC</source>
        <translation>AUROC（ROC 曲线下面积）</translation>
    </message>
    <message>
        <source>Adadelta</source>
        <translation>Adadelta</translation>
    </message>
    <message>
        <source>Adafactor</source>
        <translation>Adafactor</translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation>Adagrad</translation>
    </message>
    <message>
        <source>Adam that goes by the largest gradient instead of the mean square: calm where gradients are sparse.</source>
        <translation>按最大梯度而非均方梯度走的 Adam：梯度稀疏时更平稳。</translation>
    </message>
    <message>
        <source>Adam that looks ahead along its momentum.</source>
        <translation>沿动量方向预先看一步的 Adam。</translation>
    </message>
    <message>
        <source>Adam that moves only the rows of embeddings that a batch looked up; Adam moves all other weights.</source>
        <translation>只更新一批样本查到的嵌入行的 Adam；其余权重由 Adam 更新。</translation>
    </message>
    <message>
        <source>Adam that takes plain steps until it has measured the gradients long enough: needs no warm-up.</source>
        <translation>在梯度统计足够之前走普通步的 Adam：不需要预热。</translation>
    </message>
    <message>
        <source>Adamax</source>
        <translation>Adamax</translation>
    </message>
    <message>
        <source>Add the part that the network cannot change.</source>
        <translation>加上网络无法改变的那一部分。</translation>
    </message>
    <message>
        <source>Agreement beyond chance: 1 is perfect, 0 is guessing.</source>
        <translation>超出随机的一致程度：1 为完全一致，0 等于瞎猜。</translation>
    </message>
    <message>
        <source>Among how many equal choices the network seems to guess: 1 is perfect.</source>
        <translation>网络相当于在多少个等可能的选项中猜测：1 为完美。</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>平均方式</translation>
    </message>
    <message>
        <source>Average from</source>
        <translation>从第几步起平均</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>平均精确率</translation>
    </message>
    <message>
        <source>Averaged SGD</source>
        <translation>平均 SGD</translation>
    </message>
    <message>
        <source>Balance classes</source>
        <translation>平衡类别</translation>
    </message>
    <message>
        <source>Begins lower by</source>
        <translation>起始倍数</translation>
    </message>
    <message>
        <source>Beta2 decay</source>
        <translation>Beta2 衰减</translation>
    </message>
    <message>
        <source>Betas</source>
        <translation>Betas</translation>
    </message>
    <message>
        <source>Binary cross entropy of chances</source>
        <translation>二元交叉熵（概率）</translation>
    </message>
    <message>
        <source>Both at once</source>
        <translation>同时进行</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>Centered</source>
        <translation>中心化</translation>
    </message>
    <message>
        <source>Clipping by value</source>
        <translation>按值裁剪</translation>
    </message>
    <message>
        <source>Cohen's kappa</source>
        <translation>Cohen's kappa（科恩系数）</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>冷却</translation>
    </message>
    <message>
        <source>Correlation of answers and truth, fair to rare classes: 1 is perfect, 0 is guessing.</source>
        <translation>预测与真实的相关程度，对稀有类别公平：1 为完美，0 等于瞎猜。</translation>
    </message>
    <message>
        <source>Cosine with restarts</source>
        <translation>余弦退火（带重启）</translation>
    </message>
    <message>
        <source>Counted as</source>
        <translation>计算方式</translation>
    </message>
    <message>
        <source>Cross entropy that looks away from samples that are already told well: for rare classes.</source>
        <translation>淡化已经分得很好的样本的交叉熵：适合稀有类别。</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Cyclic</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Dampening</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>Decay of the steps</source>
        <translation>步长衰减</translation>
    </message>
    <message>
        <source>Decoupled</source>
        <translation>解耦</translation>
    </message>
    <message>
        <source>Dice loss</source>
        <translation>Dice 损失</translation>
    </message>
    <message>
        <source>Dice score</source>
        <translation>Dice 系数</translation>
    </message>
    <message>
        <source>Ends lower by</source>
        <translation>结束倍数</translation>
    </message>
    <message>
        <source>Epochs in which the rate rises first; 0 for none.</source>
        <translation>学习率先上升的轮数；0 表示没有。</translation>
    </message>
    <message>
        <source>Epochs of rest after each change.</source>
        <translation>每次调整后停歇的轮数。</translation>
    </message>
    <message>
        <source>Epochs that it takes.</source>
        <translation>所用的轮数。</translation>
    </message>
    <message>
        <source>Epochs until the first restart.</source>
        <translation>到第一次重启的轮数。</translation>
    </message>
    <message>
        <source>Epochs without improvement that are waited for.</source>
        <translation>没有改善时等待的轮数。</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Explained variance</source>
        <translation>解释方差</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Factor of each step on the peaks that shrink with every step.</source>
        <translation>峰值逐步缩小时，每一步乘的系数。</translation>
    </message>
    <message>
        <source>Factor on the length after each restart.</source>
        <translation>每次重启后长度乘的系数。</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>Factors on a step: after the gradient turned round, and after it kept its sign.</source>
        <translation>步长的系数：梯度反向之后，以及梯度符号不变之后。</translation>
    </message>
    <message>
        <source>Fall</source>
        <translation>下降</translation>
    </message>
    <message>
        <source>Fall as long as it rose, then go below.</source>
        <translation>用与上升同样长的时间下降，再降到更低。</translation>
    </message>
    <message>
        <source>First length</source>
        <translation>首段长度</translation>
    </message>
    <message>
        <source>First sum</source>
        <translation>初始和</translation>
    </message>
    <message>
        <source>Focal loss</source>
        <translation>焦点损失</translation>
    </message>
    <message>
        <source>For a class at every place: how far the areas of each class miss each other; takes raw scores.</source>
        <translation>用于每个位置一个类别：各类别的区域彼此错开多少；输入原始分数。</translation>
    </message>
    <message>
        <source>For counts of 0 and more: how unlikely they are at the rate that the network gives.</source>
        <translation>用于 0 及以上的计数：在网络给出的发生率下，这些计数有多不可能。</translation>
    </message>
    <message>
        <source>For numbers with their uncertainty: half of the outputs is the mean, the other half the spread.</source>
        <translation>用于带不确定度的数值：输出的一半是均值，另一半是离散程度。</translation>
    </message>
    <message>
        <source>For numbers: like Huber, but always as steep as the absolute difference when far.</source>
        <translation>用于数值：与 Huber 类似，但较远时斜率始终与绝对误差相同。</translation>
    </message>
    <message>
        <source>For one class out of many, as in a support vector machine: the true score leads by a margin.</source>
        <translation>用于多类别中的一个，如支持向量机：真实类别的分数要领先一个间隔。</translation>
    </message>
    <message>
        <source>For one class out of many: takes logarithms of chances, as LogSoftmax gives them, and class numbers.</source>
        <translation>用于多类别中的一个：输入对数概率（如 LogSoftmax 的输出）和类别编号。</translation>
    </message>
    <message>
        <source>For pairs: takes a distance, small where the answer is yes and beyond a margin where it is no.</source>
        <translation>用于成对样本：输入距离，答案为是时要小，为否时要超过间隔。</translation>
    </message>
    <message>
        <source>For several labels at once: a yes or no for each class, from raw scores.</source>
        <translation>用于多标签：由原始分数对每个类别判断是或否。</translation>
    </message>
    <message>
        <source>For several labels at once: every true score shall lead every other one by 1.</source>
        <translation>用于多标签：每个真实标签的分数都要比其他分数高出 1。</translation>
    </message>
    <message>
        <source>For shares that sum to 1: takes logarithms of chances, as LogSoftmax gives them.</source>
        <translation>用于总和为 1 的占比：输入对数概率，如 LogSoftmax 的输出。</translation>
    </message>
    <message>
        <source>For yes or no after a Sigmoid: takes chances from 0 to 1. The one for raw scores is more exact.</source>
        <translation>用于 Sigmoid 之后的是或否：输入 0 到 1 的概率。使用原始分数的那一个更精确。</translation>
    </message>
    <message>
        <source>For yes or no: the logistic loss of a raw score whose sign is the answer.</source>
        <translation>用于是或否：原始分数的符号即答案，取其逻辑损失。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Gaussian likelihood</source>
        <translation>高斯似然</translation>
    </message>
    <message>
        <source>Go by the sign of the gradient alone: for small data shown all at once in each step.</source>
        <translation>只看梯度的符号：适合每步展示全部样本的小数据。</translation>
    </message>
    <message>
        <source>Go by the spread of the gradients around their mean.</source>
        <translation>按梯度围绕均值的离散程度走。</translation>
    </message>
    <message>
        <source>Hinge of a distance</source>
        <translation>距离铰链损失</translation>
    </message>
    <message>
        <source>History size</source>
        <translation>历史长度</translation>
    </message>
    <message>
        <source>How far apart a no shall be; half of it parts yes from no.</source>
        <translation>答案为否时应相距多远；以它的一半区分是与否。</translation>
    </message>
    <message>
        <source>How far chances are off what comes true: 0 where what is 80 % sure comes true 80 times in 100.</source>
        <translation>概率与实际相差多少：说有 80 % 把握的，100 次中有 80 次成真时为 0。</translation>
    </message>
    <message>
        <source>How far the answers are off as a share of the truth, on average; of no use where the truth can be 0.</source>
        <translation>预测平均偏离真实值的百分比；真实值可能为 0 时不适用。</translation>
    </message>
    <message>
        <source>How far the true score shall lead.</source>
        <translation>真实类别的分数应领先多少。</translation>
    </message>
    <message>
        <source>How fast the learning rate falls with the steps.</source>
        <translation>学习率随步数下降的快慢。</translation>
    </message>
    <message>
        <source>How fast the momentum comes to its full size.</source>
        <translation>动量达到最大值的快慢。</translation>
    </message>
    <message>
        <source>How fast the past comes to count more; nearer to 0 is slower.</source>
        <translation>过去的权重增加的快慢；越接近 0 越慢。</translation>
    </message>
    <message>
        <source>How fast the steps shrink.</source>
        <translation>步长缩小的快慢。</translation>
    </message>
    <message>
        <source>How long the mean and the size of the gradients are remembered.</source>
        <translation>对梯度均值和大小的记忆有多长。</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>个数</translation>
    </message>
    <message>
        <source>How many of the highest scores are looked at.</source>
        <translation>查看最高的几个分数。</translation>
    </message>
    <message>
        <source>How many times a yes counts against a no; empty for once.</source>
        <translation>“是”的权重是“否”的几倍；留空为一倍。</translation>
    </message>
    <message>
        <source>How many times lower it begins.</source>
        <translation>开始时低多少倍。</translation>
    </message>
    <message>
        <source>How many times lower than that it ends.</source>
        <translation>结束时比开始再低多少倍。</translation>
    </message>
    <message>
        <source>How much it looks away; 0 is plain cross entropy.</source>
        <translation>淡化的程度；0 即普通交叉熵。</translation>
    </message>
    <message>
        <source>How much of the areas of each class, found and true together, is common to both.</source>
        <translation>每个类别预测与真实区域的并集中，两者共有的比例。</translation>
    </message>
    <message>
        <source>How often a batch is looked at in one step.</source>
        <translation>一步之中查看同一批样本的次数。</translation>
    </message>
    <message>
        <source>How steps are sized: as in the first paper, or like those of AdamW.</source>
        <translation>步长大小的定法：按原论文，或与 AdamW 相当。</translation>
    </message>
    <message>
        <source>How straight a line answers and truth lie on: 1 is a line that rises.</source>
        <translation>预测与真实有多接近一条直线：1 为上升的直线。</translation>
    </message>
    <message>
        <source>How surely a sample of a class gets a higher score than one of another: 1 is always, 0.5 is chance.</source>
        <translation>某类样本的分数高于其他类样本的可能性：1 为总是，0.5 为随机。</translation>
    </message>
    <message>
        <source>How well the areas of each class cover each other: 1 is wholly.</source>
        <translation>各类别的预测区域与真实区域重合的程度：1 为完全重合。</translation>
    </message>
    <message>
        <source>How well the order of the answers is that of the truth: 1 is the same order.</source>
        <translation>预测的排序与真实排序的一致程度：1 为完全相同。</translation>
    </message>
    <message>
        <source>Intersection over union</source>
        <translation>交并比</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>KL divergence</source>
        <translation>KL 散度</translation>
    </message>
    <message>
        <source>Keep the weight decay out of the gradient, as AdamW does.</source>
        <translation>让权重衰减不进入梯度，与 AdamW 相同。</translation>
    </message>
    <message>
        <source>Keeps a division away from 0.</source>
        <translation>避免除以 0。</translation>
    </message>
    <message>
        <source>L-BFGS</source>
        <translation>L-BFGS</translation>
    </message>
    <message>
        <source>L1 regularisation</source>
        <translation>L1 正则化</translation>
    </message>
    <message>
        <source>Largest number in a gradient; empty for no limit. Its length is limited after that.</source>
        <translation>梯度中允许的最大数值；留空为不限制。之后再限制其长度。</translation>
    </message>
    <message>
        <source>Largest step, measured by its usual size.</source>
        <translation>最大步长，以通常大小为单位。</translation>
    </message>
    <message>
        <source>Lead the learning rate along a straight line from one share of it to another.</source>
        <translation>让学习率沿直线从一个比例变到另一个比例。</translation>
    </message>
    <message>
        <source>Least variance</source>
        <translation>最小方差</translation>
    </message>
    <message>
        <source>Let the schedule run during the warm-up instead of after it.</source>
        <translation>预热期间调度同时进行，而不是在其后开始。</translation>
    </message>
    <message>
        <source>Like Adam, but remembers rows and columns instead of each weight: where memory is short.</source>
        <translation>与 Adam 类似，但只记住行和列而非每个权重：适合内存紧张时。</translation>
    </message>
    <message>
        <source>Line search</source>
        <translation>线搜索</translation>
    </message>
    <message>
        <source>Logarithm of the rate</source>
        <translation>发生率的对数</translation>
    </message>
    <message>
        <source>Longer by</source>
        <translation>加长倍数</translation>
    </message>
    <message>
        <source>Looking ahead (Nesterov) needs momentum and no dampening.</source>
        <translation>Nesterov 预看需要动量，且不能有阻尼。</translation>
    </message>
    <message>
        <source>Lower at first</source>
        <translation>开始时较低</translation>
    </message>
    <message>
        <source>Lower the learning rate along half a cosine, then begin again at the top.</source>
        <translation>沿半个余弦降低学习率，然后从最高处重新开始。</translation>
    </message>
    <message>
        <source>Lower the learning rate to 0 along a power of the epochs that are left.</source>
        <translation>按剩余轮数的幂把学习率降到 0。</translation>
    </message>
    <message>
        <source>Lower the learning rate when the validation loss stops falling, or the training loss if it is alone.</source>
        <translation>验证损失不再下降时降低学习率；没有验证数据时看训练损失。</translation>
    </message>
    <message>
        <source>Lower the momentum while the rate is high, where the optimizer has one.</source>
        <translation>学习率高时降低动量（若优化器有动量）。</translation>
    </message>
    <message>
        <source>Lower when stuck</source>
        <translation>停滞时降低</translation>
    </message>
    <message>
        <source>Lowest share</source>
        <translation>最低比例</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Matthews correlation</source>
        <translation>马修斯相关系数</translation>
    </message>
    <message>
        <source>Mean percentage error</source>
        <translation>平均百分比误差</translation>
    </message>
    <message>
        <source>Measure the curvature by looking at each batch several times: for small networks and large batches.</source>
        <translation>多次查看同一批样本以测量曲率：适合小网络和大批量。</translation>
    </message>
    <message>
        <source>Measure the size of its steps by itself: its learning rate of 1 rarely needs a change.</source>
        <translation>自行决定步长：学习率 1 很少需要改动。</translation>
    </message>
    <message>
        <source>Milestones</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>Mix pairs of samples and their losses; 0.2 is usual, more mixes more evenly, 0 is off.</source>
        <translation>混合成对的样本及其损失；常用 0.2，越大混合越均匀，0 为关闭。</translation>
    </message>
    <message>
        <source>Mixup</source>
        <translation>Mixup（样本混合）</translation>
    </message>
    <message>
        <source>Momentum decay</source>
        <translation>动量衰减</translation>
    </message>
    <message>
        <source>Momentum too</source>
        <translation>连同动量</translation>
    </message>
    <message>
        <source>Move the rate up and down between a low one and the optimizer's learning rate, with every step.</source>
        <translation>每一步让学习率在较低值与优化器的学习率之间来回变化。</translation>
    </message>
    <message>
        <source>Multi-class hinge</source>
        <translation>多类铰链损失</translation>
    </message>
    <message>
        <source>Multi-label hinge</source>
        <translation>多标签铰链损失</translation>
    </message>
    <message>
        <source>Multi-label soft margin</source>
        <translation>多标签软间隔</translation>
    </message>
    <message>
        <source>Multiply the learning rate by a factor at chosen epochs.</source>
        <translation>在指定的轮把学习率乘以一个系数。</translation>
    </message>
    <message>
        <source>Multiply the learning rate by a factor for the first epochs.</source>
        <translation>在最初几轮把学习率乘以一个系数。</translation>
    </message>
    <message>
        <source>Muon</source>
        <translation>Muon</translation>
    </message>
    <message>
        <source>NAdam</source>
        <translation>NAdam</translation>
    </message>
    <message>
        <source>Negative log-likelihood</source>
        <translation>负对数似然</translation>
    </message>
    <message>
        <source>Of the samples of a class, the share that was found.</source>
        <translation>某类别的样本中，被找出来的比例。</translation>
    </message>
    <message>
        <source>Of the samples taken for a class, the share that is of it.</source>
        <translation>被判为某类别的样本中，确实属于该类别的比例。</translation>
    </message>
    <message>
        <source>Of the samples that are not of a class, the share that was not taken for it.</source>
        <translation>不属于某类别的样本中，没有被判为该类别的比例。</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>Pearson correlation</source>
        <translation>皮尔逊相关系数</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Poisson likelihood</source>
        <translation>泊松似然</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>多项式</translation>
    </message>
    <message>
        <source>Power by which the steps shrink.</source>
        <translation>步长缩小所用的幂。</translation>
    </message>
    <message>
        <source>Pull of weight matrices and filters to exactly 0; it is not counted in the loss that is shown.</source>
        <translation>把权重矩阵和卷积核拉向恰好为 0 的力度；不计入显示的损失。</translation>
    </message>
    <message>
        <source>RAdam</source>
        <translation>RAdam</translation>
    </message>
    <message>
        <source>Raise the rate to the optimizer's and lower it far below, once over the training, with every step.</source>
        <translation>整个训练中把学习率逐步升到优化器的学习率，再降到很低，只走一个周期。</translation>
    </message>
    <message>
        <source>Rate decay</source>
        <translation>学习率衰减</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>Rho</source>
        <translation>Rho</translation>
    </message>
    <message>
        <source>Precision score</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Rise</source>
        <translation>上升</translation>
    </message>
    <message>
        <source>Root mean squared error</source>
        <translation>均方根误差</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Rounds that make a step orthogonal.</source>
        <translation>使一步正交化的迭代次数。</translation>
    </message>
    <message>
        <source>Rprop</source>
        <translation>Rprop</translation>
    </message>
    <message>
        <source>SGD whose steps shrink over time, and which keeps the mean of the weights beside.</source>
        <translation>步长随时间缩小的 SGD，并另外保留权重的平均值。</translation>
    </message>
    <message>
        <source>Shape of the curve.</source>
        <translation>曲线的形状。</translation>
    </message>
    <message>
        <source>Share at the beginning.</source>
        <translation>开始时的比例。</translation>
    </message>
    <message>
        <source>Share at the end.</source>
        <translation>结束时的比例。</translation>
    </message>
    <message>
        <source>Share of each gradient that momentum leaves out.</source>
        <translation>动量忽略每次梯度的比例。</translation>
    </message>
    <message>
        <source>Share of samples whose true class is among the few highest scores.</source>
        <translation>真实类别位于最高的几个分数之中的样本比例。</translation>
    </message>
    <message>
        <source>Share of the learning rate that is the lowest.</source>
        <translation>最低学习率占学习率的比例。</translation>
    </message>
    <message>
        <source>Share of the rate that the warm-up begins with.</source>
        <translation>预热开始时占学习率的比例。</translation>
    </message>
    <message>
        <source>Share of the spread that the network explains, where a constant mistake does not count.</source>
        <translation>网络解释的方差比例，恒定的偏差不计。</translation>
    </message>
    <message>
        <source>Share of the training in which it rises.</source>
        <translation>上升阶段占训练的比例。</translation>
    </message>
    <message>
        <source>Size of steps</source>
        <translation>步长大小</translation>
    </message>
    <message>
        <source>Smallest change</source>
        <translation>最小变化</translation>
    </message>
    <message>
        <source>Smallest gradient</source>
        <translation>最小梯度</translation>
    </message>
    <message>
        <source>Smooth L1</source>
        <translation>平滑 L1</translation>
    </message>
    <message>
        <source>Soft margin</source>
        <translation>软间隔</translation>
    </message>
    <message>
        <source>SparseAdam</source>
        <translation>SparseAdam</translation>
    </message>
    <message>
        <source>Spearman correlation</source>
        <translation>斯皮尔曼相关系数</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>特异度</translation>
    </message>
    <message>
        <source>Step along orthogonal matrices: for the matrices of hidden layers; AdamW moves all other weights.</source>
        <translation>沿正交矩阵更新：用于隐藏层的权重矩阵；其余权重由 AdamW 更新。</translation>
    </message>
    <message>
        <source>Step from which the weights are averaged.</source>
        <translation>从这一步起对权重取平均。</translation>
    </message>
    <message>
        <source>Step limit</source>
        <translation>步长上限</translation>
    </message>
    <message>
        <source>Step sizes</source>
        <translation>步长范围</translation>
    </message>
    <message>
        <source>Steps at epochs</source>
        <translation>按轮下降</translation>
    </message>
    <message>
        <source>Steps that a fall takes; empty for as many as a rise.</source>
        <translation>下降所用的步数；留空则与上升相同。</translation>
    </message>
    <message>
        <source>Steps that a rise takes.</source>
        <translation>上升所用的步数。</translation>
    </message>
    <message>
        <source>Steps that the curvature is measured from; all are kept in the memory.</source>
        <translation>用来测量曲率的步数；全部保存在内存中。</translation>
    </message>
    <message>
        <source>Take ever smaller steps along weights that were moved often: for rare features.</source>
        <translation>对经常更新的权重步子越来越小：适合稀有特征。</translation>
    </message>
    <message>
        <source>The area under precision over recall: for rare classes.</source>
        <translation>精确率—召回率曲线下的面积：适合稀有类别。</translation>
    </message>
    <message>
        <source>The epochs, such as 30, 60, 90.</source>
        <translation>各轮的编号，如 30, 60, 90。</translation>
    </message>
    <message>
        <source>The first factor of Rprop must be below 1, and the second above 1.</source>
        <translation>Rprop 的第一个系数必须小于 1，第二个必须大于 1。</translation>
    </message>
    <message>
        <source>The harmonic mean of precision and recall.</source>
        <translation>精确率与召回率的调和平均。</translation>
    </message>
    <message>
        <source>The least and the greatest momentum.</source>
        <translation>最小和最大的动量。</translation>
    </message>
    <message>
        <source>The least change that counts.</source>
        <translation>算作改善的最小变化。</translation>
    </message>
    <message>
        <source>The mean of the squared differences: large mistakes count most.</source>
        <translation>差值平方的平均：大的错误影响最大。</translation>
    </message>
    <message>
        <source>The root of the mean squared difference, in the unit of the numbers.</source>
        <translation>均方差的平方根，单位与数值相同。</translation>
    </message>
    <message>
        <source>The smallest and the largest step.</source>
        <translation>最小和最大的步长。</translation>
    </message>
    <message>
        <source>Three phases</source>
        <translation>三个阶段</translation>
    </message>
    <message>
        <source>Top-k accuracy</source>
        <translation>Top-k 准确率</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Warm-up from</source>
        <translation>预热起点</translation>
    </message>
    <message>
        <source>Weigh each class by how rare it is in the training data, so that all count alike.</source>
        <translation>按各类别在训练数据中的稀有程度加权，使各类别同等重要。</translation>
    </message>
    <message>
        <source>Weight of yes</source>
        <translation>“是”的权重</translation>
    </message>
    <message>
        <source>What the sum of squared gradients begins with.</source>
        <translation>梯度平方和的初始值。</translation>
    </message>
    <message>
        <source>Whether classes count alike, samples count alike, or classes by their size.</source>
        <translation>各类别同等重要、各样本同等重要，或按类别大小加权。</translation>
    </message>
    <message>
        <source>Whether each step looks for its best length.</source>
        <translation>每一步是否寻找最佳长度。</translation>
    </message>
    <message>
        <source>Whether that change is a share of the loss or a number.</source>
        <translation>该变化是损失的比例还是一个数值。</translation>
    </message>
    <message>
        <source>Whether the network gives the logarithm of the rate.</source>
        <translation>网络给出的是否为发生率的对数。</translation>
    </message>
    <message>
        <source>Whether the peaks stay, halve each time, or shrink with every step.</source>
        <translation>峰值保持不变、每次减半，还是逐步缩小。</translation>
    </message>
    <message>
        <source>Whether what is missing counts as it is, or squared.</source>
        <translation>不足的部分按原值计，还是按平方计。</translation>
    </message>
    <message>
        <source>Whole value</source>
        <translation>完整值</translation>
    </message>
    <message>
        <source>abs</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>cos</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>exp_range</source>
        <translation>逐步缩小</translation>
    </message>
    <message>
        <source>group schedule by result</source>
        <translation>按结果调整</translation>
    </message>
    <message>
        <source>group schedule by step</source>
        <translation>按步调整</translation>
    </message>
    <message>
        <source>group second order</source>
        <translation>二阶方法</translation>
    </message>
    <message>
        <source>group segmentation</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>macro</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>match_rms_adamw</source>
        <translation>与 AdamW 相当</translation>
    </message>
    <message>
        <source>micro</source>
        <translation>按样本</translation>
    </message>
    <message>
        <source>original</source>
        <translation>原论文</translation>
    </message>
    <message>
        <source>rel</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>strong_wolfe</source>
        <translation>强 Wolfe 条件</translation>
    </message>
    <message>
        <source>triangular2</source>
        <translation>每次减半</translation>
    </message>
    <message>
        <source>weighted</source>
        <translation>按类别大小</translation>
    </message>
    <message>
        <source>numbers such as 0.5, 1.2</source>
        <translation>数值，如 0.5, 1.2</translation>
    </message>
    <message>
        <source>Name the block with a letter first, then ASCII letters, digits and _, at most {limit}.</source>
        <translation>模块名应以字母开头，只含 ASCII 字母、数字和 _，最多 {limit} 个字符。</translation>
    </message>
    <message>
        <source>The code has {count} characters; at most {limit} are taken.</source>
        <translation>代码有 {count} 个字符，最多允许 {limit} 个。</translation>
    </message>
    <message>
        <source>The code holds a character that Python does not read.</source>
        <translation>代码中含有 Python 无法读取的字符。</translation>
    </message>
    <message>
        <source>The code is nested too deeply.</source>
        <translation>代码嵌套过深。</translation>
    </message>
    <message>
        <source>Write a class of nn.Module with a forward, or a function that takes tensors.</source>
        <translation>请写一个带 forward 的 nn.Module 类，或一个接收张量的函数。</translation>
    </message>
    <message>
        <source>Import names one by one, from packages that are installed.</source>
        <translation>请从已安装的包中逐个导入名称。</translation>
    </message>
    <message>
        <source>Beside the block, only imports, functions, classes and values may stand here.</source>
        <translation>除模块本身外，这里只能有导入、函数、类和值。</translation>
    </message>
    <message>
        <source>Give each statement a line of its own.</source>
        <translation>请让每条语句单独占一行。</translation>
    </message>
    <message>
        <source>Derive “{name}” from nn.Module.</source>
        <translation>请让“{name}”继承 nn.Module。</translation>
    </message>
    <message>
        <source>“{name}” has no forward: write what it does with its inputs.</source>
        <translation>“{name}”没有 forward：请写出它如何处理输入。</translation>
    </message>
    <message>
        <source>Name each argument: a port or a field cannot be made from “*{name}”.</source>
        <translation>请为每个参数命名：无法由“*{name}”生成端口或设置项。</translation>
    </message>
    <message>
        <source>“{name}” is an input: annotate it as torch.Tensor.</source>
        <translation>“{name}”是输入：请标注为 torch.Tensor。</translation>
    </message>
    <message>
        <source>What “{name}” is cannot be told. Annotate it as int, float, bool, str, Literal[...] or tuple[int, ...], or give it a default.</source>
        <translation>无法判断“{name}”的类型。请标注为 int、float、bool、str、Literal[...] 或 tuple[int, ...]，或给出默认值。</translation>
    </message>
    <message>
        <source>Name “{name}” with ASCII letters, digits and _.</source>
        <translation>“{name}”请只用 ASCII 字母、数字和 _ 命名。</translation>
    </message>
    <message>
        <source>The block takes no tensor. Give it an input.</source>
        <translation>该模块不接收张量，请给它一个输入。</translation>
    </message>
    <message>
        <source>“{name}” is an input and a parameter. Rename one.</source>
        <translation>“{name}”既是输入又是参数，请改名其中一个。</translation>
    </message>
    <message>
        <source>The block gives no tensor. Return one.</source>
        <translation>该模块没有返回张量，请返回一个。</translation>
    </message>
    <message>
        <source>Say how many tensors are returned: tuple[Tensor, Tensor].</source>
        <translation>请写明返回几个张量：tuple[Tensor, Tensor]。</translation>
    </message>
    <message>
        <source>Every return must give as many tensors as the others.</source>
        <translation>每个 return 返回的张量个数必须相同。</translation>
    </message>
    <message>
        <source>The blocks of the package “{name}” could not be loaded: {reason}</source>
        <translation>无法加载包“{name}”的模块：{reason}</translation>
    </message>
    <message>
        <source>A formula with epoch and epochs, or step and steps: those that are behind, and all of the training. It may use + - * / // % **, min, max, round, abs, sqrt, exp, log, sin, cos and pi.</source>
        <translation>用 epoch 和 epochs（轮）或 step 和 steps（步）写成的公式：前者是已经过去的数目，后者是整个训练的数目。可以使用 + - * / // % **、min、max、round、abs、sqrt、exp、log、sin、cos 和 pi。</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Compounding formula</source>
        <translation>累乘公式</translation>
    </message>
    <message>
        <source>Multiply the learning rate at the start by a formula, after each epoch or, with “step”, each step.</source>
        <translation>用公式乘以起始学习率：每轮之后一次；公式中有“step”时，每步之后一次。</translation>
    </message>
    <message>
        <source>Multiply the rate that is there by a formula, after each epoch or, with “step”, after each step.</source>
        <translation>用公式乘以当前学习率：每轮之后一次；公式中有“step”时，每步之后一次。</translation>
    </message>
    <message>
        <source>group schedule by formula</source>
        <translation>按公式调整</translation>
    </message>
    <message>
        <source>a formula such as 0.95 ** epoch</source>
        <translation>公式，例如 0.95 ** epoch</translation>
    </message>
    <message>
        <source>log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>imbalance</source>
        <translation>类别不平衡 不均衡</translation>
    </message>
    <message>
        <source>hard samples</source>
        <translation>难样本 困难样本</translation>
    </message>
    <message>
        <source>log softmax</source>
        <translation>对数 softmax</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>multi-label</source>
        <translation>多标签</translation>
    </message>
    <message>
        <source>several labels</source>
        <translation>多个标签</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>成对 样本对</translation>
    </message>
    <message>
        <source>kullback leibler</source>
        <translation>相对熵</translation>
    </message>
    <message>
        <source>distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>distillation</source>
        <translation>知识蒸馏</translation>
    </message>
    <message>
        <source>overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>least squares</source>
        <translation>最小二乘</translation>
    </message>
    <message>
        <source>outliers</source>
        <translation>离群值 异常值</translation>
    </message>
    <message>
        <source>boxes</source>
        <translation>边界框 检测框</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>不确定性</translation>
    </message>
    <message>
        <source>variance</source>
        <translation>方差</translation>
    </message>
    <message>
        <source>gaussian nll</source>
        <translation>高斯负对数似然</translation>
    </message>
    <message>
        <source>svm</source>
        <translation>支持向量机</translation>
    </message>
    <message>
        <source>mae</source>
        <translation>平均绝对误差</translation>
    </message>
    <message>
        <source>l2</source>
        <translation>二范数</translation>
    </message>
    <message>
        <source>l1</source>
        <translation>一范数</translation>
    </message>
    <message>
        <source>gradient descent</source>
        <translation>梯度下降</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>nesterov</source>
        <translation>加速梯度</translation>
    </message>
    <message>
        <source>adaptive moments</source>
        <translation>自适应矩估计</translation>
    </message>
    <message>
        <source>decoupled weight decay</source>
        <translation>解耦权重衰减</translation>
    </message>
    <message>
        <source>nesterov adam</source>
        <translation>带 Nesterov 的 Adam</translation>
    </message>
    <message>
        <source>rectified adam</source>
        <translation>修正 Adam</translation>
    </message>
    <message>
        <source>warm-up</source>
        <translation>预热 热身</translation>
    </message>
    <message>
        <source>infinity norm</source>
        <translation>无穷范数</translation>
    </message>
    <message>
        <source>accumulated gradient</source>
        <translation>累积梯度</translation>
    </message>
    <message>
        <source>no learning rate</source>
        <translation>无需学习率</translation>
    </message>
    <message>
        <source>little memory</source>
        <translation>省内存</translation>
    </message>
    <message>
        <source>factored</source>
        <translation>分解</translation>
    </message>
    <message>
        <source>averaging</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>resilient</source>
        <translation>弹性</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>full batch</source>
        <translation>全批量</translation>
    </message>
    <message>
        <source>quasi newton</source>
        <translation>拟牛顿</translation>
    </message>
    <message>
        <source>curvature</source>
        <translation>曲率</translation>
    </message>
    <message>
        <source>orthogonal</source>
        <translation>正交</translation>
    </message>
    <message>
        <source>newton schulz</source>
        <translation>牛顿-舒尔茨迭代</translation>
    </message>
    <message>
        <source>hidden layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>lookup table</source>
        <translation>查找表</translation>
    </message>
    <message>
        <source>sparse gradients</source>
        <translation>稀疏梯度</translation>
    </message>
    <message>
        <source>staircase</source>
        <translation>阶梯</translation>
    </message>
    <message>
        <source>decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>milestones</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>half cosine</source>
        <translation>半余弦</translation>
    </message>
    <message>
        <source>warm restarts</source>
        <translation>热重启</translation>
    </message>
    <message>
        <source>ramp</source>
        <translation>斜坡</translation>
    </message>
    <message>
        <source>constant factor</source>
        <translation>固定系数</translation>
    </message>
    <message>
        <source>linear decay</source>
        <translation>线性衰减</translation>
    </message>
    <message>
        <source>reduce on plateau</source>
        <translation>平台期降低 停滞时降低</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>super-convergence</source>
        <translation>超收敛</translation>
    </message>
    <message>
        <source>lambda</source>
        <translation>自定义函数</translation>
    </message>
    <message>
        <source>own curve</source>
        <translation>自定义曲线</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>multiplicative</source>
        <translation>相乘 乘法</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>top-5</source>
        <translation>前五</translation>
    </message>
    <message>
        <source>positive predictive value</source>
        <translation>阳性预测值 查准率</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <translation>灵敏度 查全率</translation>
    </message>
    <message>
        <source>f-score</source>
        <translation>F 值</translation>
    </message>
    <message>
        <source>harmonic mean</source>
        <translation>调和平均</translation>
    </message>
    <message>
        <source>true negative rate</source>
        <translation>真阴性率</translation>
    </message>
    <message>
        <source>roc</source>
        <translation>受试者工作特征</translation>
    </message>
    <message>
        <source>area under curve</source>
        <translation>曲线下面积</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>mcc</source>
        <translation>马修斯</translation>
    </message>
    <message>
        <source>phi</source>
        <translation>相关系数</translation>
    </message>
    <message>
        <source>ece</source>
        <translation>期望校准误差</translation>
    </message>
    <message>
        <source>jaccard</source>
        <translation>交并比</translation>
    </message>
    <message>
        <source>miou</source>
        <translation>平均交并比</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>惊奇度</translation>
    </message>
    <message>
        <source>coefficient of determination</source>
        <translation>决定系数</translation>
    </message>
    <message>
        <source>straight line</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>秩 排名</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>he</source>
        <translation>何恺明</translation>
    </message>
    <message>
        <source>gauss</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>bell</source>
        <translation>钟形</translation>
    </message>
    <message>
        <source>even</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>diagonal</source>
        <translation>对角线</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>零</translation>
    </message>
    <message>
        <source>Names of sizes that may differ from batch to batch, in the order of the shape, - for one that stays: T, - beside the shape 16, 8 takes sequences of any length, and 16 is an example. 16H takes multiples of 16.</source>
        <translation>可随批次变化的尺寸的名称，按形状的顺序填写，不变的用 -：形状为 16, 8 时填 T, - 表示接受任意长度的序列，16 只是示例。16H 表示 16 的倍数。</translation>
    </message>
    <message>
        <source>Open sizes</source>
        <translation>可变尺寸</translation>
    </message>
    <message>
        <source>Cosine embedding</source>
        <translation>余弦嵌入损失</translation>
    </message>
    <message>
        <source>For pairs: takes a cosine, as Cosine similarity gives it: near 1 for yes, and small for no.</source>
        <translation>用于样本对：接收余弦相似度模块给出的余弦值；答案为是时应接近 1，为否时应较小。</translation>
    </message>
    <message>
        <source>The cosine that a pair with the answer no may have.</source>
        <translation>答案为否的样本对允许的余弦值。</translation>
    </message>
    <message>
        <source>Margin ranking</source>
        <translation>间隔排序损失</translation>
    </message>
    <message>
        <source>For pairs: takes a difference of two scores or distances: above 0 for yes, and below 0 for no.</source>
        <translation>用于样本对：接收两个得分或距离之差；答案为是时应大于 0，为否时应小于 0。</translation>
    </message>
    <message>
        <source>By how much one shall be more than the other.</source>
        <translation>其中一个应比另一个大多少。</translation>
    </message>
    <message>
        <source>which is more</source>
        <translation>孰大孰小 比较</translation>
    </message>
    <message>
        <source>preference</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>triplet</source>
        <translation>三元组</translation>
    </message>
    <message>
        <source>A letter for each dimension of each tensor, then those of the result.</source>
        <translation>每个张量的每一维用一个字母表示，然后写出结果的各维。</translation>
    </message>
    <message>
        <source>All of its sizes, without a batch; beside Add and Multiply a leading 1 fits every batch.</source>
        <translation>它的全部尺寸，不含批次；与加法、乘法合用时，最前面的 1 适合任何批次。</translation>
    </message>
    <message>
        <source>Gives it a batch: it is repeated for every sample that arrives here, so that a Concat can join it.</source>
        <translation>为它提供批次：对到达这里的每个样本重复一次，以便用拼接模块连接。</translation>
    </message>
    <message>
        <source>Multiply up to three tensors and sum over the letters that the result lacks: Einstein's notation.</source>
        <translation>把至多三个张量相乘，并对结果中没有的字母求和：爱因斯坦记号。</translation>
    </message>
    <message>
        <source>Padding mode</source>
        <translation>填充方式</translation>
    </message>
    <message>
        <source>Padding to the same size works with steps of 1 only.</source>
        <translation>保持尺寸不变的填充只能用于步长为 1 的情况。</translation>
    </message>
    <message>
        <source>Third tensor.</source>
        <translation>第三个张量。</translation>
    </message>
    <message>
        <source>What stands around: zeros, a mirror, the edge again, or the other side.</source>
        <translation>四周填什么：零、镜像、边缘值的重复，或另一侧的值。</translation>
    </message>
    <message>
        <source>Which place each place that is read may not see: time, time; true is hidden.</source>
        <translation>读入序列的每个位置不可见哪些位置：时间 × 时间；为真表示不可见。</translation>
    </message>
    <message>
        <source>Which place of the memory each place may not see: time, time; true is hidden.</source>
        <translation>每个位置不可见记忆中的哪些位置：时间 × 时间；为真表示不可见。</translation>
    </message>
    <message>
        <source>Which places of the read sequence are only filling: batch, time; true is left out.</source>
        <translation>读入序列中哪些位置只是填充：批次 × 时间；为真则忽略。</translation>
    </message>
    <message>
        <source>Which places of the written sequence are only filling: batch, time; true is left out.</source>
        <translation>写出序列中哪些位置只是填充：批次 × 时间；为真则忽略。</translation>
    </message>
    <message>
        <source>Zeros added at both ends; “same” keeps the size.</source>
        <translation>两端补零的个数；“same”保持尺寸不变。</translation>
    </message>
    <message>
        <source>Zeros added at each side; “same” keeps the size.</source>
        <translation>每一侧补零的个数；“same”保持尺寸不变。</translation>
    </message>
    <message>
        <source>circular</source>
        <translation>循环 circular</translation>
    </message>
    <message>
        <source>reflect</source>
        <translation>镜像 reflect</translation>
    </message>
    <message>
        <source>replicate</source>
        <translation>边缘 replicate</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same 保持尺寸</translation>
    </message>
    <message>
        <source>The greatest slope must not be below the least.</source>
        <translation>最大斜率不能小于最小斜率。</translation>
    </message>
    <message>
        <source>The upper bound must lie above the lower one.</source>
        <translation>上界必须大于下界。</translation>
    </message>
    <message>
        <source>more than {number}</source>
        <translation>大于 {number}</translation>
    </message>
    <message>
        <source>at least {number}</source>
        <translation>至少 {number}</translation>
    </message>
</context>
</TS>
