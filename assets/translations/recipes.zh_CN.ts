<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>netwright</name>
    <message>
        <source>The network in the role “{role}” takes {expected} here, and it has {count} {count:input|inputs}.</source>
        <translation>担任“{role}”的网络在这里应有{expected}，而它有 {count} 个输入。</translation>
    </message>
    <message>
        <source>The network in the role “{role}” gives {expected} {expected:output|outputs} here, and it has {count}.</source>
        <translation>担任“{role}”的网络在这里应有 {expected} 个输出，而它有 {count} 个。</translation>
    </message>
    <message>
        <source>What the {one} gives at “{output}” ({received}) is not what the {other} takes at “{input}” ({expected}). Make them alike.</source>
        <translation>{one}在“{output}”处给出的（{received}）与{other}在“{input}”处接受的（{expected}）不一致。请使两者一致。</translation>
    </message>
    <message>
        <source>The input “{name}” takes the class of a sample, and this data has no classes. Take the input out, or choose data with classes.</source>
        <translation>输入“{name}”接受样本的类别，而这份数据没有类别。请去掉该输入，或选择有类别的数据。</translation>
    </message>
    <message>
        <source>data with classes</source>
        <translation>有类别的数据</translation>
    </message>
    <message>
        <source>data without classes</source>
        <translation>没有类别的数据</translation>
    </message>
    <message>
        <source>The input “{name}” takes the class of a sample: one whole number, or {classes} numbers of which one is 1. It takes {received}.</source>
        <translation>输入“{name}”接受样本的类别：一个整数，或 {classes} 个数（其中一个为 1）。它现在接受的是 {received}。</translation>
    </message>
    <message>
        <source>B × {classes}, or whole numbers</source>
        <translation>B × {classes}，或整数</translation>
    </message>
    <message>
        <source>{low} or {high} inputs</source>
        <translation>{low} 或 {high} 个输入</translation>
    </message>
    <message>
        <source>The recipe “{recipe}” needs a network in the role “{role}”. Choose one in the plan.</source>
        <translation>训练方式“{recipe}”需要一个担任“{role}”的网络。请在训练计划中选择。</translation>
    </message>
    <message>
        <source>The recipe “{recipe}” has no role “{role}”, in which the plan has the network “{network}”. It has: {known}.</source>
        <translation>训练方式“{recipe}”没有角色“{role}”，而训练计划让网络“{network}”担任它。它有的角色：{known}。</translation>
    </message>
    <message>
        <source>The network “{network}” stands in two roles, “{one}” and “{other}”. Give each its own.</source>
        <translation>网络“{network}”同时担任“{one}”和“{other}”两个角色。请为每个角色选择各自的网络。</translation>
    </message>
    <message>
        <source>The recipe “{recipe}” failed while it looked at the plan: {reason}</source>
        <translation>训练方式“{recipe}”在查看训练计划时出错：{reason}</translation>
    </message>
    <message>
        <source>“{data}” is an environment to act in, and the recipe “{recipe}” learns from samples. Choose other data, or a recipe such as DQN.</source>
        <translation>“{data}”是供行动的环境，而训练方式“{recipe}”从样本中学习。请选择其他数据，或 DQN 之类的训练方式。</translation>
    </message>
    <message>
        <source>The recipe “{recipe}” learns by acting in an environment, and “{data}” gives samples. Choose an environment as the data, such as the grid world.</source>
        <translation>训练方式“{recipe}”通过在环境中行动来学习，而“{data}”给出的是样本。请选择一个环境作为数据，例如网格世界。</translation>
    </message>
    <message>
        <source>The network does not say which sizes its input “{name}” has.</source>
        <translation>网络没有说明其输入“{name}”的尺寸。</translation>
    </message>
    <message>
        <source>The network gives {received}. Expected a tensor.</source>
        <translation>网络给出 {received}，应为一个张量。</translation>
    </message>
    <message>
        <source>{count} {count:input|inputs}</source>
        <translation>{count} 个输入</translation>
    </message>
    <message>
        <source>{count} {count:output|outputs}</source>
        <translation>{count} 个输出</translation>
    </message>
    <message>
        <source>A generator makes samples out of noise, and a discriminator learns to tell them from real ones.</source>
        <translation>生成器从噪声中生成样本，判别器学习把它们与真实样本区分开。</translation>
    </message>
    <message>
        <source>Adversarial (GAN)</source>
        <translation>对抗训练（GAN）</translation>
    </message>
    <message>
        <source>Critic steps</source>
        <translation>判别器步数</translation>
    </message>
    <message>
        <source>Discriminator</source>
        <translation>判别器</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>How many samples are shown after an epoch.</source>
        <translation>每轮之后展示多少个样本。</translation>
    </message>
    <message>
        <source>How much less than 1 real samples count as real; 0.1 keeps it unsure.</source>
        <translation>真实样本的标签比 1 小多少；取 0.1 可以避免判别器过于自信。</translation>
    </message>
    <message>
        <source>Makes samples out of noise; a second input takes a class.</source>
        <translation>从噪声生成样本；第二个输入接受类别。</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Scores how real a sample looks, one number; a second input takes a class.</source>
        <translation>给样本的真实程度打分（一个数）；第二个输入接受类别。</translation>
    </message>
    <message>
        <source>Steps of the discriminator for each of the generator, each with new samples.</source>
        <translation>生成器每走一步，判别器走几步，每步都用新的样本。</translation>
    </message>
    <message>
        <source>Weight of the gradient penalty of the wasserstein loss.</source>
        <translation>wasserstein 损失中梯度惩罚的权重。</translation>
    </message>
    <message>
        <source>What the noise is drawn from.</source>
        <translation>噪声从什么分布中抽取。</translation>
    </message>
    <message>
        <source>What the two play for: bce asks real or not, wasserstein needs a gradient penalty.</source>
        <translation>两者争夺的目标：bce 问真假，wasserstein 需要梯度惩罚。</translation>
    </message>
    <message>
        <source>bce</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>hinge</source>
        <translation>合页</translation>
    </message>
    <message>
        <source>least_squares</source>
        <translation>最小二乘</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>wasserstein</source>
        <translation>Wasserstein</translation>
    </message>
    <message>
        <source>The generator takes noise at “{name}”: numbers with a point. Set the kind of numbers of the Input block to float32.</source>
        <translation>生成器在“{name}”处接受噪声，即小数。请把该输入模块的数值类型设为 float32。</translation>
    </message>
    <message>
        <source>Only one of the two networks takes a class, at “{name}”. Give the other one an input for it, too, or take this one out.</source>
        <translation>两个网络中只有一个（在“{name}”处）接受类别。请给另一个也加上类别输入，或去掉这一个。</translation>
    </message>
    <message>
        <source>The discriminator ends in “{name}”, and this loss takes raw scores. Take “{name}” out.</source>
        <translation>判别器以“{name}”结束，而这种损失需要原始得分。请去掉“{name}”。</translation>
    </message>
    <message>
        <source>chances</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>The gradient penalty looks at each sample by itself, and “{name}” mixes the samples of a batch. Take a LayerNorm or InstanceNorm in the discriminator.</source>
        <translation>梯度惩罚逐个考察样本，而“{name}”把一批样本混在一起。请在判别器中改用 LayerNorm 或 InstanceNorm。</translation>
    </message>
    <message>
        <source>a LayerNorm or InstanceNorm</source>
        <translation>LayerNorm 或 InstanceNorm</translation>
    </message>
    <message>
        <source>Made from noise</source>
        <translation>由噪声生成</translation>
    </message>
    <message>
        <source>A network takes the class of a sample, and this data has no classes. Take that input out, or choose data with classes.</source>
        <translation>有网络接受样本的类别，而这份数据没有类别。请去掉该输入，或选择有类别的数据。</translation>
    </message>
    <message>
        <source>A network learns to tell the noise that lies over samples, and makes samples by taking it away.</source>
        <translation>网络学习辨认样本上覆盖的噪声，再通过去除噪声来生成样本。</translation>
    </message>
    <message>
        <source>Diffusion</source>
        <translation>扩散</translation>
    </message>
    <message>
        <source>Eta</source>
        <translation>η</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>How many times there are between a sample and pure noise.</source>
        <translation>从样本到纯噪声之间有多少个时刻。</translation>
    </message>
    <message>
        <source>How much fresh noise ddim adds on its way: 0 none, 1 as ddpm.</source>
        <translation>ddim 在途中加入多少新噪声：0 为不加，1 与 ddpm 相同。</translation>
    </message>
    <message>
        <source>How much of the moving average of the weights stays in each step; empty for no average.</source>
        <translation>权重的滑动平均每步保留多少；留空表示不取平均。</translation>
    </message>
    <message>
        <source>How noise grows with time: cosine leaves more of a sample for longer.</source>
        <translation>噪声如何随时间增加：余弦方案让样本保留得更久。</translation>
    </message>
    <message>
        <source>How strongly samples are guided towards their class.</source>
        <translation>生成时把样本引向其类别的强度。</translation>
    </message>
    <message>
        <source>How what it says is compared.</source>
        <translation>如何比较网络所说的内容。</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样方法</translation>
    </message>
    <message>
        <source>Share of samples whose class is hidden, so that others can be guided towards theirs.</source>
        <translation>训练时隐藏类别的样本所占比例，这样生成时才能引导到类别。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps of the way back of ddim.</source>
        <translation>ddim 去噪过程的步数。</translation>
    </message>
    <message>
        <source>Takes noised samples, their time and, with a third input, their class; says what the noise is.</source>
        <translation>接受带噪声的样本及其时刻，第三个输入可接受类别；说出噪声是什么。</translation>
    </message>
    <message>
        <source>The way back from noise: ddim takes a few large steps, ddpm all small ones.</source>
        <translation>去噪的方式：ddim 走少数几大步，ddpm 走完所有小步。</translation>
    </message>
    <message>
        <source>What the network says: the noise, the sample (x0), or a mixture of both (v).</source>
        <translation>网络预测的内容：噪声、样本（x0），或两者的混合（v）。</translation>
    </message>
    <message>
        <source>ddim</source>
        <translation>DDIM</translation>
    </message>
    <message>
        <source>ddpm</source>
        <translation>DDPM</translation>
    </message>
    <message>
        <source>mse</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>v</source>
        <translation>v</translation>
    </message>
    <message>
        <source>x0</source>
        <translation>x0</translation>
    </message>
    <message>
        <source>times</source>
        <translation>时刻数</translation>
    </message>
    <message>
        <source>The network gives {received}, and it must say something of each number of a sample: {expected}. Give the output the sizes of the input “{input}”.</source>
        <translation>网络给出 {received}，而它必须对样本的每个数都有所预测：{expected}。请让输出与输入“{input}”尺寸相同。</translation>
    </message>
    <message>
        <source>The second input, “{name}”, takes the time: one number a sample. It takes {received}. Leave its shape empty.</source>
        <translation>第二个输入“{name}”接受时刻：每个样本一个数。它现在接受的是 {received}。请把形状留空。</translation>
    </message>
    <message>
        <source>From noise to samples</source>
        <translation>从噪声到样本</translation>
    </message>
    <message>
        <source>Noise is laid over numbers with a point, and the input “{name}” takes whole numbers. Set the kind of numbers of the Input block to float32.</source>
        <translation>噪声加在小数上，而输入“{name}”接受整数。请把该输入模块的数值类型设为 float32。</translation>
    </message>
    <message>
        <source>A language model learns from rows of tokens, and this data gives {received}. Choose data of texts.</source>
        <translation>语言模型从词元序列中学习，而这份数据给出的是 {received}。请选择文本数据。</translation>
    </message>
    <message>
        <source>whole numbers, one row a sample</source>
        <translation>整数，每个样本一行</translation>
    </message>
    <message>
        <source>The network gives {received}, and it must score each of the {count} tokens at each place: {expected}. Set the last layer to {count} {count:feature|features}.</source>
        <translation>网络给出 {received}，而它必须在每个位置给 {count} 个词元逐一打分：{expected}。请把最后一层设为 {count} 个特征。</translation>
    </message>
    <message>
        <source>The network looks ahead: what it says of a place changes with the tokens that come later, so it would only learn to copy them. Make its attention causal, and its layers run in one direction.</source>
        <translation>网络看到了后文：它对某个位置的预测会随后面的词元改变，这样它只会学着抄写后文。请把注意力设为因果的，并让循环层只朝一个方向运行。</translation>
    </message>
    <message>
        <source>a network that sees only what came before</source>
        <translation>只看到前文的网络</translation>
    </message>
    <message>
        <source>one that sees what comes later</source>
        <translation>看到后文的网络</translation>
    </message>
    <message>
        <source>Continued by the network</source>
        <translation>由网络续写</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>语言模型</translation>
    </message>
    <message>
        <source>At each place of a text, a network says which token comes next; so it writes texts.</source>
        <translation>在文本的每个位置，网络预测下一个词元，由此写出文本。</translation>
    </message>
    <message>
        <source>Takes tokens and scores, at each place, every token that could come next.</source>
        <translation>接受词元，并在每个位置给所有可能的下一个词元打分。</translation>
    </message>
    <message>
        <source>How the texts begin that are shown after an epoch; it may be empty.</source>
        <translation>每轮之后展示的文本以什么开头；可以留空。</translation>
    </message>
    <message>
        <source>How many tokens are added to each.</source>
        <translation>每段文本续写多少个词元。</translation>
    </message>
    <message>
        <source>0 takes the likeliest token, 1 draws as the network expects, more is wilder.</source>
        <translation>0 总取最可能的词元，1 按网络的预期抽取，更大则更随意。</translation>
    </message>
    <message>
        <source>Draw from so many of the likeliest tokens only; 0 for all.</source>
        <translation>只从最可能的这么多个词元中抽取；0 表示全部。</translation>
    </message>
    <message>
        <source>Draw from the likeliest tokens that together have this share only.</source>
        <translation>只从合计达到这一概率的最可能的词元中抽取。</translation>
    </message>
    <message>
        <source>How many texts are shown after an epoch.</source>
        <translation>每轮之后展示多少段文本。</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>A network learns what each action is worth, by acting and by remembering what came of it.</source>
        <translation>网络通过行动并记住结果，学习每个动作值多少。</translation>
    </message>
    <message>
        <source>A pole stands on a cart; push it left or right so that the pole does not fall. Each step is worth 1.</source>
        <translation>小车上立着一根杆；左右推车使杆不倒。每走一步得 1 分。</translation>
    </message>
    <message>
        <source>A policy learns to choose better actions than it did, but never far from what it did.</source>
        <translation>策略学习选择比以前更好的动作，但每次不偏离原来太远。</translation>
    </message>
    <message>
        <source>Bring the advantages of each batch to mean 0 and spread 1.</source>
        <translation>把每批的优势值标准化为均值 0、标准差 1。</translation>
    </message>
    <message>
        <source>Cells along each side.</source>
        <translation>每边的格数。</translation>
    </message>
    <message>
        <source>Cells in a square, a wall with one gap, and a goal in the far corner. Nothing has to be installed.</source>
        <translation>方形的格子，一道留有缺口的墙，远角处是目标。无需安装任何东西。</translation>
    </message>
    <message>
        <source>Chance of a random action at the beginning.</source>
        <translation>开始时随机行动的概率。</translation>
    </message>
    <message>
        <source>Chance of a random action later on.</source>
        <translation>后来随机行动的概率。</translation>
    </message>
    <message>
        <source>Check episodes</source>
        <translation>检验回合数</translation>
    </message>
    <message>
        <source>Clip</source>
        <translation>裁剪范围</translation>
    </message>
    <message>
        <source>Deep Q learning (DQN)</source>
        <translation>深度 Q 学习（DQN）</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>熵</translation>
    </message>
    <message>
        <source>Environments</source>
        <translation>环境数</translation>
    </message>
    <message>
        <source>Environments side by side.</source>
        <translation>并行的环境个数。</translation>
    </message>
    <message>
        <source>Episodes for the final judgement.</source>
        <translation>最终评判用的回合数。</translation>
    </message>
    <message>
        <source>Episodes that each epoch is checked with.</source>
        <translation>每轮检验用的回合数。</translation>
    </message>
    <message>
        <source>Epsilon steps</source>
        <translation>ε 下降步数</translation>
    </message>
    <message>
        <source>Grid world</source>
        <translation>网格世界</translation>
    </message>
    <message>
        <source>How far chances may move away from what they were.</source>
        <translation>概率最多可以偏离原来多少。</translation>
    </message>
    <message>
        <source>How far it is looked ahead: 0 one step, 1 to the end.</source>
        <translation>向前看多远：0 只看一步，1 看到结束。</translation>
    </message>
    <message>
        <source>How far the copy follows in each soft step.</source>
        <translation>软更新时副本每步跟随多少。</translation>
    </message>
    <message>
        <source>How many steps are remembered.</source>
        <translation>记住多少步。</translation>
    </message>
    <message>
        <source>How often what was met is learned from.</source>
        <translation>对收集到的经验学习几遍。</translation>
    </message>
    <message>
        <source>How the copy follows: a little after each step, or wholly after many.</source>
        <translation>副本如何跟随：每步跟一点，或若干步后完全同步。</translation>
    </message>
    <message>
        <source>How what an action is thought to be worth is compared.</source>
        <translation>如何比较对动作价值的估计。</translation>
    </message>
    <message>
        <source>Let the network choose the best next action and its copy say what it is worth.</source>
        <translation>由网络选择下一步的最佳动作，由其副本说出它值多少。</translation>
    </message>
    <message>
        <source>Normalise</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>遍数</translation>
    </message>
    <message>
        <source>Pole on a cart</source>
        <translation>小车倒立杆</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Policy gradient (PPO)</source>
        <translation>策略梯度（PPO）</translation>
    </message>
    <message>
        <source>Q</source>
        <translation>Q 网络</translation>
    </message>
    <message>
        <source>Reward for staying undecided, so that more is tried.</source>
        <translation>对保持不确定的奖励，以便多作尝试。</translation>
    </message>
    <message>
        <source>Steps after which an episode ends.</source>
        <translation>多少步后回合结束。</translation>
    </message>
    <message>
        <source>Steps in each of them before learning from them.</source>
        <translation>每次学习之前在每个环境中走多少步。</translation>
    </message>
    <message>
        <source>Steps in the environment for each step of learning.</source>
        <translation>每学习一步，在环境中走多少步。</translation>
    </message>
    <message>
        <source>Steps in the environment over which that chance falls.</source>
        <translation>该概率在多少个环境步内下降。</translation>
    </message>
    <message>
        <source>Steps in the environment that make an epoch.</source>
        <translation>多少个环境步算一轮。</translation>
    </message>
    <message>
        <source>Steps of learning until the copy follows wholly.</source>
        <translation>学习多少步后副本完全同步。</translation>
    </message>
    <message>
        <source>Steps that are remembered before any learning.</source>
        <translation>开始学习之前先记住多少步。</translation>
    </message>
    <message>
        <source>Sync every</source>
        <translation>同步间隔</translation>
    </message>
    <message>
        <source>Takes what is seen and says what is still to be expected: one number.</source>
        <translation>接受所见的状态，说出还可期望得到多少：一个数。</translation>
    </message>
    <message>
        <source>Takes what is seen and scores each action.</source>
        <translation>接受所见的状态，给每个动作打分。</translation>
    </message>
    <message>
        <source>Takes what is seen and scores each action; actions are drawn by it.</source>
        <translation>接受所见的状态，给每个动作打分；动作按它抽取。</translation>
    </message>
    <message>
        <source>Test episodes</source>
        <translation>测试回合数</translation>
    </message>
    <message>
        <source>Value weight</source>
        <translation>价值损失权重</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Weight of the value's loss.</source>
        <translation>价值损失的权重。</translation>
    </message>
    <message>
        <source>What a reward one step later is worth.</source>
        <translation>晚一步得到的奖励折算多少。</translation>
    </message>
    <message>
        <source>group environments</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>hard</source>
        <translation>硬</translation>
    </message>
    <message>
        <source>smooth_l1</source>
        <translation>平滑 L1</translation>
    </message>
    <message>
        <source>soft</source>
        <translation>软</translation>
    </message>
    <message>
        <source>Acting at random</source>
        <translation>正在随机行动</translation>
    </message>
    <message>
        <source>This environment needs one more package: pip install netwright[rl].</source>
        <translation>此环境还需要一个软件包：pip install netwright[rl]。</translation>
    </message>
    <message>
        <source>The network in the role “{role}” gives {received}, and there are {count} actions to score. Set the last layer to {count} {count:feature|features}.</source>
        <translation>担任“{role}”的网络给出 {received}，而要打分的动作有 {count} 个。请把最后一层设为 {count} 个特征。</translation>
    </message>
    <message>
        <source>An episode of {steps} {steps:step|steps}, return {total}</source>
        <translation>一个 {steps} 步的回合，总回报 {total}</translation>
    </message>
    <message>
        <source>This recipe learns by acting in an environment, and “{data}” gives samples. Choose an environment as the data, such as the grid world.</source>
        <translation>这种训练方式通过在环境中行动来学习，而“{data}”给出的是样本。请选择一个环境作为数据，例如网格世界。</translation>
    </message>
    <message>
        <source>The network in the role “{role}” gives {received}, and it must say one number: what is still to be expected. Set the last layer to 1 feature.</source>
        <translation>担任“{role}”的网络给出 {received}，而它应当只说出一个数：还可期望得到多少。请把最后一层设为 1 个特征。</translation>
    </message>
    <message>
        <source>Generator loss</source>
        <translation>生成器损失</translation>
    </message>
    <message>
        <source>Discriminator loss</source>
        <translation>判别器损失</translation>
    </message>
    <message>
        <source>Real score</source>
        <translation>真实样本得分</translation>
    </message>
    <message>
        <source>Fake score</source>
        <translation>生成样本得分</translation>
    </message>
    <message>
        <source>Bits per character</source>
        <translation>每字符比特数</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>回报</translation>
    </message>
    <message>
        <source>Q value</source>
        <translation>Q 值</translation>
    </message>
    <message>
        <source>Policy loss</source>
        <translation>策略损失</translation>
    </message>
    <message>
        <source>Value loss</source>
        <translation>价值损失</translation>
    </message>
    <message>
        <source>Reconstruction</source>
        <translation>重建</translation>
    </message>
    <message>
        <source>Divergence</source>
        <translation>散度</translation>
    </message>
    <message>
        <source>An encoder writes a sample down in few numbers, and a decoder gives it back from them.</source>
        <translation>编码器用少数几个数写下样本，解码器再由它们还原样本。</translation>
    </message>
    <message>
        <source>Autoencoder</source>
        <translation>自编码器</translation>
    </message>
    <message>
        <source>Bring every row of numbers to length 1.</source>
        <translation>把每行数的长度化为 1。</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>How far apart unlike samples shall be; of cosines, 0 to 0.5 is usual.</source>
        <translation>不同类的样本应相距多远；余弦损失通常取 0 到 0.5。</translation>
    </message>
    <message>
        <source>How what is given back is compared; bce takes raw scores of brightness.</source>
        <translation>如何比较还原的结果；bce 接受亮度的原始得分。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Masked</source>
        <translation>遮盖比例</translation>
    </message>
    <message>
        <source>Mining</source>
        <translation>三元组挖掘</translation>
    </message>
    <message>
        <source>One network writes samples down so that like ones come near each other and unlike ones do not.</source>
        <translation>同一个网络写下各个样本，使同类的彼此靠近，不同类的彼此远离。</translation>
    </message>
    <message>
        <source>Share of numbers that denoising sets to 0.</source>
        <translation>去噪训练时置为 0 的数所占的比例。</translation>
    </message>
    <message>
        <source>Siamese</source>
        <translation>孪生网络</translation>
    </message>
    <message>
        <source>Spread of the noise that denoising adds.</source>
        <translation>去噪训练时所加噪声的标准差。</translation>
    </message>
    <message>
        <source>Takes a code and gives the sample back.</source>
        <translation>接受编码，还原样本。</translation>
    </message>
    <message>
        <source>Takes a sample and gives its code; a variational one gives mean and log_variance.</source>
        <translation>接受样本，给出编码；变分编码器给出 mean 和 log_variance。</translation>
    </message>
    <message>
        <source>Takes a sample and writes it down in one row of numbers.</source>
        <translation>接受样本，用一行数写下它。</translation>
    </message>
    <message>
        <source>Weight of the pull that brings variational codes near the normal spread.</source>
        <translation>把变分编码拉向正态分布的权重。</translation>
    </message>
    <message>
        <source>What brings samples together: pairs by distance or by cosine, or triplets.</source>
        <translation>用什么使样本靠近：按距离或余弦比较的样本对，或三元组。</translation>
    </message>
    <message>
        <source>Whether samples are spoiled before they are shown, or codes are blurred.</source>
        <translation>是在展示样本前加以破坏，还是模糊编码。</translation>
    </message>
    <message>
        <source>Which triplets of a batch are learned from.</source>
        <translation>从一批样本的哪些三元组学习。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>contrastive</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>semi_hard</source>
        <translation>半硬</translation>
    </message>
    <message>
        <source>The loss “bce” compares brightness from 0 to 1, and this data is no pictures. Choose the loss “mse”.</source>
        <translation>损失“bce”比较 0 到 1 的亮度，而这份数据不是图像。请选择损失“mse”。</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>A variational encoder gives two outputs, a mean and a log_variance; any other one a single code.</source>
        <translation>变分编码器给出 mean 和 log_variance 两个输出；其他编码器给出一个编码。</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Where codes lie</source>
        <translation>编码的分布</translation>
    </message>
    <message>
        <source>Made from a grid of codes</source>
        <translation>由编码网格生成</translation>
    </message>
    <message>
        <source>The network must write each sample down in one row of numbers, and it gives {received}. Flatten before the last layer.</source>
        <translation>网络必须用一行数写下每个样本，而它给出 {received}。请在最后一层之前展平。</translation>
    </message>
    <message>
        <source>B × F</source>
        <translation>B × F</translation>
    </message>
    <message>
        <source>Triplets are made of samples with classes, and this data gives pairs. Choose the loss “contrastive”.</source>
        <translation>三元组由有类别的样本组成，而这份数据给出样本对。请选择损失“contrastive”。</translation>
    </message>
    <message>
        <source>To tell what is alike, samples need classes or come in pairs. Choose such data.</source>
        <translation>要判断哪些样本相似，样本须有类别或成对出现。请选择这样的数据。</translation>
    </message>
    <message>
        <source>Where samples lie</source>
        <translation>样本的分布</translation>
    </message>
    <message>
        <source>{loss} expects an output of {expected}, the classes before the places, and received {received}. Put a Transpose before the output.</source>
        <translation>{loss}要求输出为 {expected}，即类别排在位置之前，而收到的是 {received}。请在输出之前放一个 Transpose。</translation>
    </message>
    <message>
        <source>Insert Transpose</source>
        <translation>插入 Transpose</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>折扣率</translation>
    </message>
    <message>
        <source>Timesteps</source>
        <translation>时间步数</translation>
    </message>
    <message>
        <source>Learn every</source>
        <translation>学习间隔</translation>
    </message>
    <message>
        <source>Lambda (GAE)</source>
        <translation>λ（GAE）</translation>
    </message>
    <message>
        <source>First epsilon</source>
        <translation>初始 ε</translation>
    </message>
    <message>
        <source>Last epsilon</source>
        <translation>最终 ε</translation>
    </message>
    <message>
        <source>Replay memory</source>
        <translation>回放容量</translation>
    </message>
    <message>
        <source>Double DQN</source>
        <translation>双重 DQN</translation>
    </message>
    <message>
        <source>Hidden classes</source>
        <translation>隐藏类别比例</translation>
    </message>
    <message>
        <source>Gradient penalty</source>
        <translation>梯度惩罚</translation>
    </message>
    <message>
        <source>Longest episode</source>
        <translation>最长回合</translation>
    </message>
    <message>
        <source>Steps an epoch</source>
        <translation>每轮步数</translation>
    </message>
    <message>
        <source>for environments to act in</source>
        <translation>用于可在其中行动的环境</translation>
    </message>
    <message>
        <source>for texts</source>
        <translation>用于文本</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>A network reads a text and writes another one, token by token: a translation, an answer, a summary.</source>
        <translation>网络读入一段文字，逐个词元写出另一段：译文、答案或摘要。</translation>
    </message>
    <message>
        <source>Takes tokens in “source” and “written”, and scores at each place every token that could come next.</source>
        <translation>从“source”和“written”接收词元，在每个位置为每个可能的下一个词元打分。</translation>
    </message>
    <message>
        <source>How much of each answer is spread over all other tokens; 0.1 keeps the network less sure.</source>
        <translation>每个答案分给其他词元的比例；取 0.1 可使网络不过于自信。</translation>
    </message>
    <message>
        <source>How many answers are shown after an epoch.</source>
        <translation>每轮之后显示多少个答案。</translation>
    </message>
    <message>
        <source>Exact match</source>
        <translation>完全匹配</translation>
    </message>
    <message>
        <source>Token accuracy</source>
        <translation>词元准确率</translation>
    </message>
    <message>
        <source>Pairs of texts</source>
        <translation>文本对</translation>
    </message>
    <message>
        <source>Texts with what each becomes, such as translations: of your own table, or generated.</source>
        <translation>每段文字及其对应的另一段文字，例如译文：来自您自己的表格，或自动生成。</translation>
    </message>
    <message>
        <source>Table with a column for each side; empty for generated pairs.</source>
        <translation>每一边各占一列的表格；留空则自动生成。</translation>
    </message>
    <message>
        <source>Generated pairs</source>
        <translation>生成的文本对</translation>
    </message>
    <message>
        <source>Without a table: numbers to Chinese numerals, questions to answers, or reports to summaries.</source>
        <translation>没有表格时：数字到中文数字、问题到答案，或报道到摘要。</translation>
    </message>
    <message>
        <source>How many pairs are generated at most.</source>
        <translation>最多生成多少对。</translation>
    </message>
    <message>
        <source>Column that is read; empty for the first one.</source>
        <translation>读入的列；留空则取第一列。</translation>
    </message>
    <message>
        <source>Column that it becomes; empty for the next one.</source>
        <translation>对应的列；留空则取下一列。</translation>
    </message>
    <message>
        <source>Tokens of each answer, its end counted; pairs with longer ones are left out.</source>
        <translation>每个答案的词元数，含结束符；答案更长的文本对会被略去。</translation>
    </message>
    <message>
        <source>Answer length</source>
        <translation>答案长度</translation>
    </message>
    <message>
        <source>Every answer is longer than {length} {length:token|tokens}. Raise “Answer length”.</source>
        <translation>所有答案都超过 {length} 个词元。请调大“答案长度”。</translation>
    </message>
    <message>
        <source>{count} {count:pair|pairs} with an answer of more than {length} tokens {count:was|were} left out.</source>
        <translation>略去了 {count} 个答案超过 {length} 个词元的文本对。</translation>
    </message>
    <message>
        <source>Pairs of {file}</source>
        <translation>{file} 的文本对</translation>
    </message>
    <message>
        <source>There is no file {file}. Choose it again.</source>
        <translation>找不到文件 {file}。请重新选择。</translation>
    </message>
    <message>
        <source>Writing pairs</source>
        <translation>正在生成文本对</translation>
    </message>
    <message>
        <source>A table of pairs needs two columns: what is read, and what it becomes.</source>
        <translation>文本对的表格需要两列：读入的文字和对应的文字。</translation>
    </message>
    <message>
        <source>No row of the table has both texts.</source>
        <translation>表格中没有一行同时具有两段文字。</translation>
    </message>
    <message>
        <source>{count} {count:row|rows} without both texts, or seen before, {count:was|were} left out.</source>
        <translation>略去了 {count} 行：缺少其中一段文字，或已经出现过。</translation>
    </message>
    <message>
        <source>Numbers and their Chinese numerals</source>
        <translation>数字及其中文写法</translation>
    </message>
    <message>
        <source>Short texts with a question and its answer</source>
        <translation>带有问题和答案的短文</translation>
    </message>
    <message>
        <source>Reports of the weather and what they say in short</source>
        <translation>天气报道及其摘要</translation>
    </message>
    <message>
        <source>This recipe learns from pairs of texts, and the data gives {fields}. Choose the data “Pairs of texts”.</source>
        <translation>此方法从文本对中学习，而数据提供的是 {fields}。请选择数据“文本对”。</translation>
    </message>
    <message>
        <source>pairs of texts</source>
        <translation>文本对</translation>
    </message>
    <message>
        <source>The network gives {received}, and it must score each of the {count} tokens at each place of the answer: {expected}. Set the last layer to {count} {count:feature|features}.</source>
        <translation>网络输出 {received}，而它必须在答案的每个位置为 {count} 个词元打分：{expected}。请把最后一层设为 {count} 个特征。</translation>
    </message>
    <message>
        <source>This recipe needs the input “{name}”, of the data and of the network. The data gives {fields}, the network takes {inputs}.</source>
        <translation>此方法需要数据和网络都有输入“{name}”。数据提供 {fields}，网络接收 {inputs}。</translation>
    </message>
    <message>
        <source>Written by the network</source>
        <translation>网络写出的文字</translation>
    </message>
    <message>
        <source>numerals</source>
        <translation>中文数字</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>summaries</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Source column</source>
        <translation>读入列</translation>
    </message>
    <message>
        <source>Target column</source>
        <translation>对应列</translation>
    </message>
    <message>
        <source>Text of Python</source>
        <translation>Python 自带文本</translation>
    </message>
    <message>
        <source>Without a file: the topics of its documentation, or what the parts of its library say of themselves.</source>
        <translation>没有文件时：用它的文档主题，或者标准库各部分对自己的说明（文档字符串）。</translation>
    </message>
    <message>
        <source>documentation</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>docstrings</source>
        <translation>文档字符串</translation>
    </message>
    <message>
        <source>Docstrings of Python's library</source>
        <translation>Python 标准库的文档字符串</translation>
    </message>
    <message>
        <source>This Python was started without docstrings. Choose a text of your own.</source>
        <translation>这个 Python 启动时没有保留文档字符串，请选择自己的文本。</translation>
    </message>
</context>
</TS>
