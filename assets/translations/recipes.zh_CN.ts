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
        <source>Penalty</source>
        <translation>惩罚</translation>
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
        <source>Scripts are written for supervised training, not for “{recipe}”.</source>
        <translation>训练脚本只支持监督训练，不支持“{recipe}”。</translation>
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
</context>
</TS>
