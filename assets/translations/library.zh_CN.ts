<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>A 3 × 3 convolution between two of 1 × 1 beside a skip, as in ResNet-50. He et al. 2015, arXiv:1512.03385.</source>
        <translation>两个 1 × 1 卷积之间夹一个 3 × 3 卷积，旁边有跳跃连接，即 ResNet-50 的做法。He et al. 2015, arXiv:1512.03385。</translation>
    </message>
    <message>
        <source>A bottleneck that changes height, width and channels: its skip has a 1 × 1 convolution. He et al. 2015, arXiv:1512.03385.</source>
        <translation>改变高、宽和通道数的瓶颈块：跳跃连接上有一个 1 × 1 卷积。He et al. 2015, arXiv:1512.03385。</translation>
    </message>
    <message>
        <source>A convolution that keeps height and width, batch normalization, ReLU.</source>
        <translation>保持高和宽的卷积、批归一化、ReLU。</translation>
    </message>
    <message>
        <source>A residual block that changes height, width and channels: its skip has a 1 × 1 convolution. He et al. 2015, arXiv:1512.03385.</source>
        <translation>改变高、宽和通道数的残差块：跳跃连接上有一个 1 × 1 卷积。He et al. 2015, arXiv:1512.03385。</translation>
    </message>
    <message>
        <source>A residual block that normalizes before each convolution, so that its skip is untouched. He et al. 2016, arXiv:1603.05027.</source>
        <translation>在每个卷积之前归一化的残差块，跳跃连接因此不受任何改动。He et al. 2016, arXiv:1603.05027。</translation>
    </message>
    <message>
        <source>Adds new channels to all that arrive; repeated, it is a dense block. Huang et al. 2016, arXiv:1608.06993.</source>
        <translation>在到来的所有通道之上添加新通道；重复多次就是稠密块。Huang et al. 2016, arXiv:1608.06993。</translation>
    </message>
    <message>
        <source>Between two dense blocks: fewer channels, half the height and width. Huang et al. 2016, arXiv:1608.06993.</source>
        <translation>位于两个稠密块之间：通道更少，高和宽减半。Huang et al. 2016, arXiv:1608.06993。</translation>
    </message>
    <message>
        <source>Bottleneck</source>
        <translation>瓶颈倍数</translation>
    </message>
    <message>
        <source>Causal self-attention and two linear layers four times as wide, each beside a skip and normalized before, as in GPT-2. Radford et al. 2019.</source>
        <translation>因果自注意力和四倍宽的两个线性层，各有跳跃连接并先做归一化，即 GPT-2 的做法。Radford et al. 2019。</translation>
    </message>
    <message>
        <source>Causal self-attention, attention to what the encoder remembers, two linear layers, each beside a skip and then normalized. Vaswani et al. 2017, arXiv:1706.03762.</source>
        <translation>因果自注意力、对编码器记忆的注意力、两个线性层，各有跳跃连接，之后归一化。Vaswani et al. 2017, arXiv:1706.03762。</translation>
    </message>
    <message>
        <source>Channels before the 3 × 3 convolution.</source>
        <translation>3 × 3 卷积之前的通道数。</translation>
    </message>
    <message>
        <source>Channels before the 5 × 5 convolution.</source>
        <translation>5 × 5 卷积之前的通道数。</translation>
    </message>
    <message>
        <source>Channels of the 1 × 1 branch.</source>
        <translation>1 × 1 分支的通道数。</translation>
    </message>
    <message>
        <source>Channels of the 3 × 3 branch.</source>
        <translation>3 × 3 分支的通道数。</translation>
    </message>
    <message>
        <source>Channels of the 3 × 3 convolution; width × expansion leave.</source>
        <translation>3 × 3 卷积的通道数；输出的通道数是它乘以扩张倍数。</translation>
    </message>
    <message>
        <source>Channels of the 5 × 5 branch.</source>
        <translation>5 × 5 分支的通道数。</translation>
    </message>
    <message>
        <source>Channels of the picture: 3 in colour, 1 in grey.</source>
        <translation>图片的通道数：彩色为 3，灰度为 1。</translation>
    </message>
    <message>
        <source>Channels of the pooling branch.</source>
        <translation>池化分支的通道数。</translation>
    </message>
    <message>
        <source>Channels that arrive and leave.</source>
        <translation>输入和输出的通道数。</translation>
    </message>
    <message>
        <source>Channels that arrive and leave; an even number.</source>
        <translation>输入和输出的通道数；须为偶数。</translation>
    </message>
    <message>
        <source>Channels that arrive.</source>
        <translation>输入的通道数。</translation>
    </message>
    <message>
        <source>Channels that each layer adds.</source>
        <translation>每一层添加的通道数。</translation>
    </message>
    <message>
        <source>Channels that leave it.</source>
        <translation>输出的通道数。</translation>
    </message>
    <message>
        <source>Channels that leave it; an even number.</source>
        <translation>输出的通道数；须为偶数。</translation>
    </message>
    <message>
        <source>Conv norm ReLU</source>
        <translation>卷积-归一化-ReLU</translation>
    </message>
    <message>
        <source>Decoder layer</source>
        <translation>解码器层</translation>
    </message>
    <message>
        <source>Decoder layer pre-norm</source>
        <translation>解码器层（先归一化）</translation>
    </message>
    <message>
        <source>Dense block</source>
        <translation>稠密块</translation>
    </message>
    <message>
        <source>Dense layer</source>
        <translation>稠密块的层</translation>
    </message>
    <message>
        <source>Dense transition</source>
        <translation>稠密块过渡层</translation>
    </message>
    <message>
        <source>Dim feedforward</source>
        <translation>前馈维度</translation>
    </message>
    <message>
        <source>Discriminator end</source>
        <translation>判别器末级</translation>
    </message>
    <message>
        <source>Discriminator stage</source>
        <translation>判别器中间级</translation>
    </message>
    <message>
        <source>Discriminator start</source>
        <translation>判别器首级</translation>
    </message>
    <message>
        <source>Double convolution</source>
        <translation>双卷积</translation>
    </message>
    <message>
        <source>Doubles height and width of a picture in the making: a middle stage of DCGAN's generator. Radford et al. 2015, arXiv:1511.06434.</source>
        <translation>把生成中的图片的高和宽加倍：DCGAN 生成器的中间级。Radford et al. 2015, arXiv:1511.06434。</translation>
    </message>
    <message>
        <source>Encoder layer</source>
        <translation>编码器层</translation>
    </message>
    <message>
        <source>Encoder layer pre-norm</source>
        <translation>编码器层（先归一化）</translation>
    </message>
    <message>
        <source>Expansion</source>
        <translation>扩张倍数</translation>
    </message>
    <message>
        <source>Features of each place of the sequence.</source>
        <translation>序列每个位置的特征数。</translation>
    </message>
    <message>
        <source>Four branches that look at different sizes, side by side, as in GoogLeNet. Szegedy et al. 2014, arXiv:1409.4842.</source>
        <translation>四个并列的分支，各看不同的大小，即 GoogLeNet 的做法。Szegedy et al. 2014, arXiv:1409.4842。</translation>
    </message>
    <message>
        <source>Four dense layers: each sees what all before it made. Huang et al. 2016, arXiv:1608.06993.</source>
        <translation>四个稠密层：每层都能看到之前所有层的输出。Huang et al. 2016, arXiv:1608.06993。</translation>
    </message>
    <message>
        <source>GPT block</source>
        <translation>GPT 块</translation>
    </message>
    <message>
        <source>Generator end</source>
        <translation>生成器末级</translation>
    </message>
    <message>
        <source>Generator stage</source>
        <translation>生成器中间级</translation>
    </message>
    <message>
        <source>Generator start</source>
        <translation>生成器首级</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>增长数</translation>
    </message>
    <message>
        <source>Half of the channels pass, half are filtered, then all are shuffled, as in ShuffleNetV2. Ma et al. 2018, arXiv:1807.11164.</source>
        <translation>一半通道直接通过，一半经过滤波，然后全部混洗，即 ShuffleNetV2 的做法。Ma et al. 2018, arXiv:1807.11164。</translation>
    </message>
    <message>
        <source>Halves height and width of a picture without normalizing: the first stage of DCGAN's discriminator. Radford et al. 2015, arXiv:1511.06434.</source>
        <translation>把图片的高和宽减半，不做归一化：DCGAN 判别器的首级。Radford et al. 2015, arXiv:1511.06434。</translation>
    </message>
    <message>
        <source>Halves height and width: a middle stage of DCGAN's discriminator. Radford et al. 2015, arXiv:1511.06434.</source>
        <translation>把高和宽减半：DCGAN 判别器的中间级。Radford et al. 2015, arXiv:1511.06434。</translation>
    </message>
    <message>
        <source>Heads of the attention; they divide the features.</source>
        <translation>注意力的头数；须整除特征数。</translation>
    </message>
    <message>
        <source>How many pixels the filters move at a time; 2 halves height and width.</source>
        <translation>滤波器每次移动的像素数；2 使高和宽减半。</translation>
    </message>
    <message>
        <source>How many times narrower its middle is.</source>
        <translation>中间比两端窄多少倍。</translation>
    </message>
    <message>
        <source>How many times wider its end is than its middle.</source>
        <translation>末端比中间宽多少倍。</translation>
    </message>
    <message>
        <source>How many times wider its middle is than what arrives.</source>
        <translation>中间比输入宽多少倍。</translation>
    </message>
    <message>
        <source>How many times wider than the growth its middle is.</source>
        <translation>中间的宽度是增长数的多少倍。</translation>
    </message>
    <message>
        <source>How much of a negative number passes.</source>
        <translation>负数通过的比例。</translation>
    </message>
    <message>
        <source>Inception</source>
        <translation>Inception 块</translation>
    </message>
    <message>
        <source>Inverted residual</source>
        <translation>倒残差块</translation>
    </message>
    <message>
        <source>Inverted residual down</source>
        <translation>倒残差块（下采样）</translation>
    </message>
    <message>
        <source>Makes a small picture of many channels from noise: the first stage of DCGAN's generator. Radford et al. 2015, arXiv:1511.06434.</source>
        <translation>由噪声生成多通道的小图：DCGAN 生成器的首级。Radford et al. 2015, arXiv:1511.06434。</translation>
    </message>
    <message>
        <source>Makes the picture, from -1 to 1: the last stage of DCGAN's generator. Radford et al. 2015, arXiv:1511.06434.</source>
        <translation>生成取值在 -1 到 1 的图片：DCGAN 生成器的末级。Radford et al. 2015, arXiv:1511.06434。</translation>
    </message>
    <message>
        <source>One level down a U-Net: half the height and width, then two convolutions. Ronneberger et al. 2015, arXiv:1505.04597.</source>
        <translation>U-Net 向下一级：高和宽减半，然后两个卷积。Ronneberger et al. 2015, arXiv:1505.04597。</translation>
    </message>
    <message>
        <source>One level up a U-Net: twice the height and width, joined with what the level down saw, then two convolutions. Ronneberger et al. 2015, arXiv:1505.04597.</source>
        <translation>U-Net 向上一级：高和宽加倍，与下行同级的特征拼接，然后两个卷积。Ronneberger et al. 2015, arXiv:1505.04597。</translation>
    </message>
    <message>
        <source>One number for each picture of 4 × 4, large for a real one, as BCEWithLogitsLoss takes it: the last stage of DCGAN's discriminator. Radford et al. 2015, arXiv:1511.06434.</source>
        <translation>为每张 4 × 4 的图给出一个数，真图的数大，可直接用于 BCEWithLogitsLoss：DCGAN 判别器的末级。Radford et al. 2015, arXiv:1511.06434。</translation>
    </message>
    <message>
        <source>Out 1x1</source>
        <translation>1x1 输出</translation>
    </message>
    <message>
        <source>Out 3x3</source>
        <translation>3x3 输出</translation>
    </message>
    <message>
        <source>Out 5x5</source>
        <translation>5x5 输出</translation>
    </message>
    <message>
        <source>Out pool</source>
        <translation>池化输出</translation>
    </message>
    <message>
        <source>Reduce 3x3</source>
        <translation>3x3 降维</translation>
    </message>
    <message>
        <source>Reduce 5x5</source>
        <translation>5x5 降维</translation>
    </message>
    <message>
        <source>Residual basic</source>
        <translation>基本残差块</translation>
    </message>
    <message>
        <source>Residual basic down</source>
        <translation>基本残差块（下采样）</translation>
    </message>
    <message>
        <source>Residual bottleneck</source>
        <translation>瓶颈残差块</translation>
    </message>
    <message>
        <source>Residual bottleneck down</source>
        <translation>瓶颈残差块（下采样）</translation>
    </message>
    <message>
        <source>Residual pre-activation</source>
        <translation>预激活残差块</translation>
    </message>
    <message>
        <source>Self-attention and two linear layers, each beside a skip and then normalized: the encoder of the Transformer. Vaswani et al. 2017, arXiv:1706.03762.</source>
        <translation>自注意力和两个线性层，各有跳跃连接，之后归一化：Transformer 的编码器。Vaswani et al. 2017, arXiv:1706.03762。</translation>
    </message>
    <message>
        <source>Share of the numbers that training sets to zero.</source>
        <translation>训练时置零的数的比例。</translation>
    </message>
    <message>
        <source>Shuffle unit</source>
        <translation>混洗单元</translation>
    </message>
    <message>
        <source>Shuffle unit down</source>
        <translation>混洗单元（下采样）</translation>
    </message>
    <message>
        <source>Side of each filter; an odd number.</source>
        <translation>滤波器的边长；须为奇数。</translation>
    </message>
    <message>
        <source>Slope</source>
        <translation>斜率</translation>
    </message>
    <message>
        <source>Squeeze-excite</source>
        <translation>压缩激励</translation>
    </message>
    <message>
        <source>The Transformer's decoder layer normalized before attention and linear layers, which trains more steadily. Xiong et al. 2020, arXiv:2002.04745.</source>
        <translation>在注意力和线性层之前归一化的 Transformer 解码器层，训练更稳定。Xiong et al. 2020, arXiv:2002.04745。</translation>
    </message>
    <message>
        <source>The Transformer's encoder layer normalized before attention and linear layers, which trains more steadily. Xiong et al. 2020, arXiv:2002.04745.</source>
        <translation>在注意力和线性层之前归一化的 Transformer 编码器层，训练更稳定。Xiong et al. 2020, arXiv:2002.04745。</translation>
    </message>
    <message>
        <source>The step between two sizes of MobileNetV2: widen, filter each channel on its own, narrow. Sandler et al. 2018, arXiv:1801.04381.</source>
        <translation>MobileNetV2 两种大小之间的一级：变宽，逐通道滤波，变窄。Sandler et al. 2018, arXiv:1801.04381。</translation>
    </message>
    <message>
        <source>The step between two sizes of ShuffleNetV2: both branches are filtered and made smaller. Ma et al. 2018, arXiv:1807.11164.</source>
        <translation>ShuffleNetV2 两种大小之间的一级：两个分支都滤波并缩小。Ma et al. 2018, arXiv:1807.11164。</translation>
    </message>
    <message>
        <source>Two 3 × 3 convolutions beside a skip, as in ResNet-18 and 34. He et al. 2015, arXiv:1512.03385.</source>
        <translation>两个 3 × 3 卷积，旁边有跳跃连接，即 ResNet-18 和 34 的做法。He et al. 2015, arXiv:1512.03385。</translation>
    </message>
    <message>
        <source>Two 3 × 3 convolutions, each normalized and followed by ReLU, as in U-Net. Ronneberger et al. 2015, arXiv:1505.04597.</source>
        <translation>两个 3 × 3 卷积，各接归一化和 ReLU，即 U-Net 的做法。Ronneberger et al. 2015, arXiv:1505.04597。</translation>
    </message>
    <message>
        <source>U-Net level down</source>
        <translation>U-Net 下行级</translation>
    </message>
    <message>
        <source>U-Net level up</source>
        <translation>U-Net 上行级</translation>
    </message>
    <message>
        <source>Weigh every channel by what all of them see on average. Hu et al. 2017, arXiv:1709.01507.</source>
        <translation>按所有通道的平均所见为每个通道加权。Hu et al. 2017, arXiv:1709.01507。</translation>
    </message>
    <message>
        <source>Widen, filter each channel on its own, narrow, beside a skip, as in MobileNetV2. Sandler et al. 2018, arXiv:1801.04381.</source>
        <translation>变宽，逐通道滤波，变窄，旁边有跳跃连接，即 MobileNetV2 的做法。Sandler et al. 2018, arXiv:1801.04381。</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>basic conv</source>
        <translation>基本卷积</translation>
    </message>
    <message>
        <source>batch norm</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>bert</source>
        <translation>双向编码器</translation>
    </message>
    <message>
        <source>branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>critic</source>
        <translation>评判器</translation>
    </message>
    <message>
        <source>dcgan</source>
        <translation>深度卷积生成对抗网络</translation>
    </message>
    <message>
        <source>densenet</source>
        <translation>稠密网络</translation>
    </message>
    <message>
        <source>depthwise</source>
        <translation>逐通道</translation>
    </message>
    <message>
        <source>gan</source>
        <translation>生成对抗网络</translation>
    </message>
    <message>
        <source>googlenet</source>
        <translation>谷歌网络</translation>
    </message>
    <message>
        <source>identity mapping</source>
        <translation>恒等映射</translation>
    </message>
    <message>
        <source>language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>mobilenet</source>
        <translation>移动网络</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>resnet</source>
        <translation>残差网络</translation>
    </message>
    <message>
        <source>segmentation</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>senet</source>
        <translation>通道加权</translation>
    </message>
    <message>
        <source>shortcut</source>
        <translation>捷径</translation>
    </message>
    <message>
        <source>shufflenet</source>
        <translation>混洗网络</translation>
    </message>
    <message>
        <source>transformer</source>
        <translation>变换器</translation>
    </message>
    <message>
        <source>unet</source>
        <translation>U 形网络</translation>
    </message>
    <message>
        <source>vit</source>
        <translation>视觉变换器</translation>
    </message>
</context>
</TS>
