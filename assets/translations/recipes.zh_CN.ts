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
</context>
</TS>
