<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>netwright</name>
    <message>
        <source>“{name}” takes {count} dimensions with the batch, and {received} would arrive. You can drop it here: a problem then says how to mend it.</source>
        <translation>“{name}”接收 {count} 维（含批次），而到达的会是 {received}。仍可在此放下：之后会有问题提示告诉您如何修正。</translation>
    </message>
    <message>
        <source>“{name}” computes with real numbers, and whole numbers would arrive. You can drop it here: a problem then says how to mend it.</source>
        <translation>“{name}”用实数计算，而到达的会是整数。仍可在此放下：之后会有问题提示告诉您如何修正。</translation>
    </message>
    <message>
        <source>“{name}” takes whole numbers, and real numbers would arrive. You can drop it here: a problem then says how to mend it.</source>
        <translation>“{name}”需要整数，而到达的会是实数。仍可在此放下：之后会有问题提示告诉您如何修正。</translation>
    </message>
    <message>
        <source>Move a network</source>
        <translation>移动网络</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>移到左边</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>移到右边</translation>
    </message>
    <message>
        <source>An order of networks names each of them once.</source>
        <translation>网络的顺序须把每个网络恰好列出一次。</translation>
    </message>
</context>
</TS>
